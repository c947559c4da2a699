// Compiling blocks, branches, returns and calls.

#include "engine/fast/compiler.hpp"
#include "engine/fast/faults.hpp"

#include <algorithm>
#include <span>

namespace touchstone::fast {

namespace {

[[nodiscard]] Word distance(std::uint32_t from, std::uint32_t to)
{
    return static_cast<Word>(std::int64_t{to} - std::int64_t{from});
}

} // namespace

// Blocks

void Compiler::open(Instr const& i)
{
    Block b{.op = i.op, .type = i.block_type()};
    b.params = static_cast<std::uint32_t>(param_types(b).size());
    b.results = static_cast<std::uint32_t>(result_types(b).size());
    auto const condition = i.op == Opcode::If ? pop() : 0;
    settle_all();
    b.height = stack_.size() - b.params;
    if (i.op == Opcode::If) {
        emit(&fast::branch_unless, {0, condition});
        b.to_else = here() - 2;
    }
    b.begin = here();
    last_result_ = none;
    blocks_.push_back(b);
}

void Compiler::alternative()
{
    auto& b = blocks_.back();
    if (live_) {
        settle_all();
        emit(&fast::branch, {0});
        jump_words(b, here() - 1);
    }
    words_[b.to_else] = distance(b.to_else, here());
    b.to_else = none;
    last_result_ = none;
    stack_.shrink(b.height);
    push_results(param_types(b));
    live_ = true;
}

void Compiler::close()
{
    auto const b = blocks_.back();
    if (blocks_.size() == 1) { // the function's: branches to it return
        if (live_)
            return_results();
        end_of_life();
        return;
    }
    auto const falls = live_;
    if (falls)
        settle_all(); // the operands are the results
    // An if without else has its parameters as results: falling past it changes nothing.
    auto const falls_past = b.to_else != none;
    if (falls_past)
        words_[b.to_else] = distance(b.to_else, here());
    live_ = falls || falls_past || b.to_end != none;
    bind_end(b);
    blocks_.pop_back();
    if (falls)
        return;
    stack_.shrink(b.height);
    if (live_)
        push_results(result_types(b));
}

void Compiler::bind_end(Block const& b)
{
    for (auto at = b.to_end; at != none;) {
        auto const before = static_cast<std::uint32_t>(words_[at]);
        words_[at] = distance(at, here());
        at = before;
    }
    last_result_ = none;
}

/// Dead code: only blocks count.
void Compiler::skip(Instr const& i)
{
    switch (i.op) {
    case Opcode::Block:
    case Opcode::Loop:
    case Opcode::If:
    case Opcode::TryTable: ++skipped_; break;
    case Opcode::Else:
        if (skipped_ == 0)
            alternative();
        break;
    case Opcode::End:
        if (skipped_ == 0)
            close();
        else
            --skipped_;
        break;
    default: break;
    }
}

std::span<ValType const> Compiler::param_types(Block const& b) const
{
    if (b.type.kind != BlockType::Kind::Type)
        return {};
    return module_.func_type(b.type.type).params;
}

std::span<ValType const> Compiler::result_types(Block const& b) const
{
    if (b.type.kind == BlockType::Kind::Value)
        return {&b.type.value, 1};
    if (b.type.kind != BlockType::Kind::Type)
        return {};
    return module_.func_type(b.type.type).results;
}

// Branches

Compiler::Block& Compiler::target(std::uint32_t depth)
{
    return blocks_[blocks_.size() - 1 - depth];
}

/// Makes the word at `at` a distance to the block's label.
void Compiler::jump_words(Block& to, std::uint32_t at)
{
    if (to.op == Opcode::Loop) {
        words_[at] = distance(at, to.begin);
    } else {
        words_[at] = to.to_end;
        to.to_end = at;
    }
}

bool Compiler::needs_moves(Block const& to)
{
    auto const count = to.op == Opcode::Loop ? to.params : to.results;
    if (count == 0)
        return false;
    auto const from = stack_.size() - count;
    return from != to.height || stack_.first_unsettled() < stack_.size();
}

/// Brings the operands that the label takes to where it wants them.
void Compiler::move_results(Block const& to)
{
    auto const count = to.op == Opcode::Loop ? to.params : to.results;
    if (count == 0)
        return;
    auto const from = stack_.size() - count;
    if (count == 1 && stack_.top().kind != Operand::Kind::Home) {
        place(stack_.top(), home(to.height));
        return;
    }
    settle(from);
    auto const unmoved = fault(Fault::LabelHeight, from == to.height + 1);
    if (from != to.height && !unmoved)
        emit(&copy_slots, {pair_word(home(from), home(to.height)), slots_from(from)});
}

void Compiler::branch(std::uint32_t depth)
{
    auto& to = target(depth);
    if (depth + 1 == blocks_.size()) {
        return_results();
        return;
    }
    move_results(to);
    emit(to.op == Opcode::Loop ? &branch_loop : &fast::branch, {0});
    jump_words(to, here() - 1);
}

void Compiler::branch_if(std::uint32_t depth)
{
    auto const condition = pop();
    auto& to = target(depth);
    auto const returns = depth + 1 == blocks_.size();
    if (!returns && !needs_moves(to)) {
        emit(to.op == Opcode::Loop ? &branch_if_loop : &fast::branch_if, {0, condition});
        jump_words(to, here() - 2);
        return;
    }
    // What is brought home on the way stays so on the other way: both must have it.
    auto const count = returns ? function_.results : to.op == Opcode::Loop ? to.params : to.results;
    if (count > 1 && !fault(Fault::FallThrough, stack_.first_unsettled() < stack_.size()))
        settle(stack_.size() - count);
    emit(&branch_unless, {0, condition});
    auto const past = here() - 2;
    branch(depth);
    words_[past] = distance(past, here());
    last_result_ = none;
}

/// Targets that need moves or fuel get a piece of code of their own after the table, one a label.
void Compiler::branch_table(Instr const& i)
{
    auto const index = pop();
    auto const labels = std::span{body_.labels}.subspan(i.x, i.y);
    settle_all();
    emit(&fast::branch_table, {index, labels.size() - 1});
    auto const first = here();
    words_.resize(words_.size() + labels.size());
    std::vector<std::uint32_t> order(labels.size());
    for (std::uint32_t n = 0; n < order.size(); ++n)
        order[n] = n;
    std::ranges::sort(order, {}, [labels](std::uint32_t n) { return labels[n]; });
    std::uint32_t piece = 0;
    for (std::size_t k = 0; k < order.size(); ++k) {
        auto const depth = labels[order[k]];
        auto const at = first + order[k];
        auto& to = target(depth);
        auto const direct =
            depth + 1 != blocks_.size() && to.op != Opcode::Loop && !needs_moves(to);
        if (direct) {
            jump_words(to, at);
            continue;
        }
        if (k == 0 || labels[order[k - 1]] != depth) {
            piece = here();
            branch(depth);
        }
        words_[at] = distance(at, piece);
    }
}

void Compiler::return_results()
{
    auto const count = function_.results;
    if (count == 0) {
        emit(&return_none, {});
    } else if (count == 1) {
        auto const& o = stack_.top();
        if (o.kind == Operand::Kind::Constant)
            place(o, o.slot);
        emit(o.is_wide ? &return_vector : &return_one,
            {o.kind == Operand::Kind::Local ? locals_[o.local].slot : o.slot});
    } else {
        auto const from = stack_.size() - count;
        settle(from);
        emit(&return_many, {home(from), slots_from(from)});
    }
}

// Calls: arguments are brought home, where the callee's frame begins.

void Compiler::call(Instr const& i, bool tail)
{
    auto* const callee = instance_.funcs[i.x];
    auto const first = stack_.size() - callee->params;
    settle(first);
    stack_.shrink(first);
    auto const arguments = next_home();
    auto const host = callee->host != nullptr;
    auto const handler = tail ? (host ? &return_call_host : &return_call_function)
                              : (host ? &call_host : &call_function);
    emit(handler, {pointer_word(callee), arguments});
    if (!tail)
        push_results(callee->type->results);
}

void Compiler::call_indirect(Instr const& i, bool tail)
{
    auto const* const type = instance_.types[i.x];
    auto const index = pop();
    auto const first = stack_.size() - static_cast<std::uint32_t>(type->params.size());
    settle(first);
    stack_.shrink(first);
    emit(tail ? &return_call_indirect : &fast::call_indirect,
        {pointer_word(type), pointer_word(instance_.tables[i.y]), pair_word(index, next_home())});
    if (!tail)
        push_results(type->results);
}

} // namespace touchstone::fast
