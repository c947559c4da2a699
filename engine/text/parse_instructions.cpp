// Instructions, flat and folded, to a flat array: explicit frames, no recursion.

#include "engine/text/module_parser.hpp"

#include <utility>

namespace touchstone::text {

/// Puts the pools into the order of the instructions: a folded operator's immediates were read
/// before those of its operands, which come first.
static void order_pools(Expr& e)
{
    if (e.labels.empty() && e.types.empty() && e.vectors.empty())
        return;
    Expr ordered;
    auto move_range = [](auto const& from, auto& to, Index& first, Index count) {
        auto const begin = from.begin() + first;
        first = static_cast<Index>(to.size());
        to.insert(to.end(), begin, begin + count);
    };
    for (auto& i : e.instrs) {
        switch (info(i.op).immediates) {
        case Immediates::Labels: move_range(e.labels, ordered.labels, i.x, i.y); break;
        case Immediates::SelectTypes: move_range(e.types, ordered.types, i.x, i.y); break;
        case Immediates::BrCast: move_range(e.types, ordered.types, i.y, 2); break;
        case Immediates::Lanes16:
        case Immediates::V128: move_range(e.vectors, ordered.vectors, i.x, 1); break;
        default: break;
        }
    }
    e.labels = std::move(ordered.labels);
    e.types = std::move(ordered.types);
    e.vectors = std::move(ordered.vectors);
}

Expr ModuleParser::expression()
{
    Expr e;
    body_ = &e;
    instructions(false);
    emit(Opcode::End, {in_.offset()});
    order_pools(e);
    return e;
}

Expr ModuleParser::folded_expression()
{
    if (!in_.at(Token::Kind::Open) || !at_instruction())
        in_.unexpected();
    Expr e;
    body_ = &e;
    instructions(true);
    emit(Opcode::End, {in_.offset()});
    order_pools(e);
    return e;
}

void ModuleParser::instructions(bool only_one)
{
    do {
        Where const where{in_.offset()};
        auto const inside = !frames_.empty();
        if (in_.at(Token::Kind::Close) && inside) {
            close_folded();
        } else if (inside && frames_.back().kind == Frame::Kind::Condition &&
                   in_.take_open_if(Word::Then)) {
            auto& frame = frames_.back();
            frame.kind = Frame::Kind::Then;
            emit(frame.instr);
            push_label(frame.label);
        } else if (at_flat_catch()) {
            flat_catch(where);
        } else if (at_instruction()) {
            auto const folded = in_.at(Token::Kind::Open);
            auto const operands_only = inside && (frames_.back().kind == Frame::Kind::Operator ||
                                                     frames_.back().kind == Frame::Kind::Condition);
            if (operands_only && !folded)
                in_.unexpected();
            if (folded)
                in_.take();
            auto const op = static_cast<Opcode>(in_.peek().keyword);
            if (folded)
                open_folded(op, where);
            else
                flat(op, where);
        } else if (inside) {
            in_.unexpected();
        } else {
            return;
        }
    } while (!only_one || !frames_.empty());
}

static bool is_block(Opcode op)
{
    auto const i = info(op).immediates;
    return i == Immediates::Block || i == Immediates::TryTable;
}

void ModuleParser::open_folded(Opcode op, Where where)
{
    if (op == Opcode::Else || op == Opcode::End || op == Opcode::Delegate)
        in_.unexpected();
    in_.take();
    if (!is_block(op)) {
        frames_.push_back({Frame::Kind::Operator, plain_instruction(op, where), {}});
        return;
    }
    auto const label = in_.id_opt();
    auto const begin = block_head(op, where);
    if (op == Opcode::If) {
        frames_.push_back({Frame::Kind::Condition, begin, label});
        return;
    }
    emit(begin);
    push_label(label);
    if (op == Opcode::Try)
        in_.expect_open(Word::Do);
    frames_.push_back({op == Opcode::Try ? Frame::Kind::TryPart : Frame::Kind::Folded, {}, label});
}

void ModuleParser::flat(Opcode op, Where where)
{
    if (op == Opcode::Else)
        return flat_else(where);
    if (op == Opcode::End)
        return flat_end(where);
    if (op == Opcode::Delegate)
        return flat_delegate(where);
    in_.take();
    if (!is_block(op))
        return emit(plain_instruction(op, where));
    auto const label = in_.id_opt();
    emit(block_head(op, where));
    push_label(label);
    frames_.push_back({op == Opcode::If    ? Frame::Kind::FlatIf
                       : op == Opcode::Try ? Frame::Kind::FlatTry
                                           : Frame::Kind::Flat,
        {}, label});
}

/// At a closing parenthesis.
void ModuleParser::close_folded()
{
    auto& frame = frames_.back();
    Where const where{in_.offset()};
    switch (frame.kind) {
    case Frame::Kind::Condition:
    case Frame::Kind::Flat:
    case Frame::Kind::FlatTry:
    case Frame::Kind::FlatIf: in_.unexpected();
    case Frame::Kind::TryPart: return close_try_part(where);
    case Frame::Kind::Operator:
        in_.close();
        emit(frame.instr);
        frames_.pop_back();
        return;
    case Frame::Kind::Then:
        in_.close();
        if (in_.take_open_if(Opcode::Else)) {
            emit(Opcode::Else, where);
            frame.kind = Frame::Kind::Else;
            return;
        }
        break;
    case Frame::Kind::Else: in_.close(); break;
    case Frame::Kind::Folded: break;
    }
    in_.close();
    emit(Opcode::End, where);
    pop_label();
    frames_.pop_back();
}

void ModuleParser::flat_else(Where where)
{
    if (frames_.empty() || frames_.back().kind != Frame::Kind::FlatIf)
        in_.unexpected();
    in_.take();
    frames_.back().kind = Frame::Kind::Flat;
    check_end_label();
    emit(Opcode::Else, where);
}

void ModuleParser::flat_end(Where where)
{
    auto const kind = frames_.empty() ? Frame::Kind::Operator : frames_.back().kind;
    if (kind != Frame::Kind::Flat && kind != Frame::Kind::FlatIf && kind != Frame::Kind::FlatTry)
        in_.unexpected();
    in_.take();
    check_end_label();
    emit(Opcode::End, where);
    pop_label();
    frames_.pop_back();
}

/// `else` and `end` may repeat the label of their block.
void ModuleParser::check_end_label()
{
    auto const at = in_.offset();
    if (auto const id = in_.id_opt(); id && id != frames_.back().label)
        in_.refuse(at, "mismatching label");
}

void ModuleParser::emit(Instr const& instr)
{
    auto const i = info(instr.op).immediates;
    if (i == Immediates::Data || i == Immediates::DataMemory || i == Immediates::TypeData)
        m_.has_data_count = true;
    body_->instrs.push_back(instr);
}

void ModuleParser::emit(Opcode op, Where where)
{
    Instr i;
    i.op = op;
    i.where = where;
    emit(i);
}

void ModuleParser::push_label(std::optional<std::string_view> id)
{
    if (id) {
        label_depths_[*id].push_back(labels_.size());
        if (function_)
            m_.names.labels[*function_].emplace(block_count_, *id);
    }
    labels_.push_back(id);
    ++block_count_;
}

void ModuleParser::pop_label()
{
    if (auto const id = labels_.back()) {
        auto const at = label_depths_.find(*id);
        at->second.pop_back();
        if (at->second.empty())
            label_depths_.erase(at);
    }
    labels_.pop_back();
}

Index ModuleParser::label()
{
    if (!at_index())
        in_.unexpected();
    auto const& token = in_.take();
    if (token.kind == Token::Kind::Nat)
        return static_cast<Index>(in_.nat(token, in_.spelling(token), 32, "i32"));
    auto const id = in_.id(token);
    auto const at = label_depths_.find(id);
    if (at == label_depths_.end())
        unknown("label", token.offset, id);
    return static_cast<Index>(labels_.size() - 1 - at->second.back());
}

} // namespace touchstone::text
