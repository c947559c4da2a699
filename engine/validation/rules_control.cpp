// Blocks and branches: valid/instructions.html#control-instructions

#include "engine/syntax/faults.hpp"
#include "engine/validation/code.hpp"
#include "engine/validation/type_names.hpp"

#include <fmt/format.h>

namespace touchstone {

/// Blocktype_ok/valtype, Blocktype_ok/typeidx, Expand, Expand_use/deftype, Expand_use/typeidx
/// — valid/instructions.html#valid-blocktype
///   C |- valtype? : eps -> valtype?    if (C |- valtype : OK)?
///   C |- x : t_1* -> t_2*              if C.TYPES[x] ~~ FUNC t_1* -> t_2*
CodeValidator::Frame CodeValidator::blocktype_ok(Instr const& i) const
{
    auto const bt = i.block_type();
    Frame f{.op = i.op};
    switch (bt.kind) {
    case BlockType::Kind::Empty: break;
    case BlockType::Kind::Value:
        valtype_ok(c_, bt.value);
        f.value = bt.value;
        f.has_value = true;
        break;
    case BlockType::Kind::Type: f.type = &c_.func_type(bt.type); break;
    }
    return f;
}

/// Opens a block on its operands, which stand on the stack.
void CodeValidator::enter(Frame frame)
{
    auto const params = frame.params();
    pop(params);
    frame.height = static_cast<std::uint32_t>(operands_.size());
    frame.locals_height = locals_.height();
    frames_.push_back(frame);
    operands_.set_bottom(frame.height);
    operands_.push(params);
}

/// Closes a block: exactly its results are left.
CodeValidator::Frame CodeValidator::leave()
{
    auto const frame = frames_.back();
    pop(frame.results());
    if (operands_.held() != 0)
        violate(fmt::format("type mismatch: block requires {} but stack has {} more",
            words(frame.results()), words(operands_.last(operands_.held()))));
    locals_.leave(frame.locals_height);
    frames_.pop_back();
    if (!frames_.empty())
        operands_.set_bottom(frames_.back().height);
    return frame;
}

/// What follows cannot be reached: any operands, of any types, may be thought below.
void CodeValidator::set_unreachable()
{
    operands_.drop_held();
    frames_.back().unreachable = true;
}

std::span<ValType const> CodeValidator::label(Index l) const
{
    if (l >= frames_.size()) [[unlikely]]
        violate_unknown("label", l);
    return frames_[frames_.size() - 1 - l].label();
}

/// Instr_ok/block — valid/instructions.html#valid-block
///   C |- BLOCK bt instr* : t_1* -> t_2*
///   -- Blocktype_ok: C |- bt : t_1* -> t_2*
///   -- Instrs_ok: {LABELS (t_2*)} ++ C |- instr* : t_1* ->_(x*) t_2*
/// Instr_ok/loop — valid/instructions.html#valid-loop
///   the same with LABELS (t_1*)
void CodeValidator::block(Instr const& i)
{
    enter(blocktype_ok(i));
}

/// Instr_ok/if — valid/instructions.html#valid-if
///   C |- IF bt instr_1* ELSE instr_2* : t_1* I32 -> t_2*
///   -- Blocktype_ok: C |- bt : t_1* -> t_2*
///   -- Instrs_ok: {LABELS (t_2*)} ++ C |- instr_1* : t_1* ->_(x_1*) t_2*
///   -- Instrs_ok: {LABELS (t_2*)} ++ C |- instr_2* : t_1* ->_(x_2*) t_2*
void CodeValidator::if_(Instr const& i)
{
    auto const frame = blocktype_ok(i);
    pop(i32);
    enter(frame);
}

void CodeValidator::else_()
{
    require(frames_.back().op == Opcode::If, "unexpected token: else without if");
    auto frame = leave();
    frame.op = Opcode::Else;
    frame.unreachable = false;
    frames_.push_back(frame);
    operands_.set_bottom(frame.height);
    operands_.push(frame.params());
}

/// The end of a block, of a function or of an expression. An `if` without `else` has an empty one:
/// what comes in goes out.
void CodeValidator::end()
{
    auto const frame = leave();
    auto const too_strict =
        frame.op == Opcode::If && fault(SharedFault::IfWithoutElse, !frame.params().empty());
    if (frame.op == Opcode::If &&
        (too_strict || !c_.match().result(frame.params(), frame.results())))
        violate(fmt::format("type mismatch: block requires {} but stack has {} without else",
                    words(frame.results()), words(frame.params())),
            "Instr_ok/if");
    if (!frames_.empty())
        operands_.push(frame.results());
}

/// Instr_ok/br — valid/instructions.html#valid-br
///   C |- BR l : t_1* t* -> t_2*
///   -- if C.LABELS[l] = t*
void CodeValidator::br(Instr const& i)
{
    pop(label(i.x));
    set_unreachable();
}

/// Instr_ok/br_if — valid/instructions.html#valid-br_if
///   C |- BR_IF l : t* I32 -> t*
///   -- if C.LABELS[l] = t*
void CodeValidator::br_if(Instr const& i)
{
    auto const ts = label(i.x);
    pop(i32);
    replace_top(ts);
}

/// Instr_ok/br_table — valid/instructions.html#valid-br_table
///   C |- BR_TABLE l* l' : t_1* t* I32 -> t_2*
///   -- (Resulttype_sub: C |- t* <: C.LABELS[l])*
///   -- Resulttype_sub: C |- t* <: C.LABELS[l']
///   t* is what the stack has; a label that stands in the table twice is checked once.
void CodeValidator::br_table(Instr const& i)
{
    auto const labels = std::span{expr_->labels}.subspan(i.x, i.y);
    pop(i32);
    auto const arity = label(labels.back()).size();
    ++br_tables_;
    for (auto const l : labels) {
        auto const ts = label(l);
        auto& frame = frames_[frames_.size() - 1 - l];
        if (frame.br_table == br_tables_)
            continue;
        frame.br_table = br_tables_;
        if (ts.size() != arity)
            violate(fmt::format("type mismatch: label {} has {} but the default has {} values", l,
                words(ts), arity));
        check_top(ts);
    }
    set_unreachable();
}

/// Instr_ok/br_on_null — valid/instructions.html#valid-br_on_null
///   C |- BR_ON_NULL l : t* (REF NULL ht) -> t* (REF ht)
///   -- if C.LABELS[l] = t*
void CodeValidator::br_on_null(Instr const& i)
{
    auto const ts = label(i.x);
    auto const rt = pop_ref();
    replace_top(ts);
    push_ref(false, rt.heap);
}

/// The types of a label but for the last, which is the reference type `rt`.
std::span<ValType const> CodeValidator::label_before_ref(Index l, ValType& rt) const
{
    auto const ts = label(l);
    if (ts.empty() || !ts.back().is_ref())
        violate(fmt::format(
            "type mismatch: instruction requires reference type but label has {}", words(ts)));
    rt = ts.back();
    return ts.first(ts.size() - 1);
}

/// Instr_ok/br_on_non_null — valid/instructions.html#valid-br_on_non_null
///   C |- BR_ON_NON_NULL l : t* (REF NULL ht) -> t*
///   -- if C.LABELS[l] = t* (REF NULL? ht)
void CodeValidator::br_on_non_null(Instr const& i)
{
    ValType rt;
    auto const ts = label_before_ref(i.x, rt);
    pop_ref(true, rt.heap);
    replace_top(ts);
}

/// rt1 without rt2: what is left of rt1 when a cast to rt2 failed.
static ValType diff(ValType rt1, ValType rt2)
{
    return ValType::ref(rt1.nullable && !rt2.nullable, rt1.heap);
}

/// Instr_ok/br_on_cast — valid/instructions.html#valid-br_on_cast
///   C |- BR_ON_CAST l rt_1 rt_2 : t* rt_1 -> t* ($diffrt(rt_1, rt_2))
///   -- if C.LABELS[l] = t* rt
///   -- Reftype_ok: C |- rt_1 : OK
///   -- Reftype_ok: C |- rt_2 : OK
///   -- Reftype_sub: C |- rt_2 <: rt_1
///   -- Reftype_sub: C |- rt_2 <: rt
void CodeValidator::br_on_cast(Instr const& i)
{
    ValType rt;
    auto const ts = label_before_ref(i.x, rt);
    auto const rt1 = expr_->types[i.y];
    auto const rt2 = expr_->types[i.y + 1];
    valtype_ok(c_, rt1);
    valtype_ok(c_, rt2);
    if (!c_.match().val(rt2, rt1))
        violate(fmt::format(
            "type mismatch on cast: type {} does not match {}", words(rt2), words(rt1)));
    if (!c_.match().val(rt2, rt))
        violate(fmt::format(
            "type mismatch: instruction requires type {} but label has {}", words(rt2), words(rt)));
    pop(rt1);
    replace_top(ts);
    push(diff(rt1, rt2));
}

/// Instr_ok/br_on_cast_fail — valid/instructions.html#valid-br_on_cast_fail
///   C |- BR_ON_CAST_FAIL l rt_1 rt_2 : t* rt_1 -> t* rt_2
///   -- if C.LABELS[l] = t* rt
///   -- Reftype_ok: C |- rt_1 : OK
///   -- Reftype_ok: C |- rt_2 : OK
///   -- Reftype_sub: C |- rt_2 <: rt_1
///   -- Reftype_sub: C |- $diffrt(rt_1, rt_2) <: rt
void CodeValidator::br_on_cast_fail(Instr const& i)
{
    ValType rt;
    auto const ts = label_before_ref(i.x, rt);
    auto const rt1 = expr_->types[i.y];
    auto const rt2 = expr_->types[i.y + 1];
    valtype_ok(c_, rt1);
    valtype_ok(c_, rt2);
    if (!c_.match().val(rt2, rt1))
        violate(fmt::format(
            "type mismatch on cast: type {} does not match {}", words(rt2), words(rt1)));
    auto const rest = diff(rt1, rt2);
    if (!c_.match().val(rest, rt))
        violate(fmt::format("type mismatch: instruction requires type {} but label has {}",
            words(rest), words(rt)));
    pop(rt1);
    replace_top(ts);
    push(rt2);
}

/// Instr_ok/return — valid/instructions.html#valid-return
///   C |- RETURN : t_1* t* -> t_2*
///   -- if C.RETURN = (t*)
void CodeValidator::return_()
{
    pop(frames_.front().results());
    set_unreachable();
}

} // namespace touchstone
