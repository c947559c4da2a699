// Instruction sequences, function bodies and expressions: valid/instructions.html#valid-instrs

#include "engine/validation/code.hpp"

namespace touchstone {

/// Runs `body` and gives what it refuses a place: the instruction at hand.
template <class Body>
void CodeValidator::placed(std::optional<Index> function, Body body)
{
    try {
        body();
    } catch (Violation const& v) {
        Error e;
        e.kind = v.kind;
        e.message = v.message;
        e.rule = v.rule;
        e.function = function;
        if (current_ != nullptr) {
            e.offset = current_->where.offset;
            if (e.rule.empty())
                e.rule = rule_of(current_->op);
        }
        throw Refused{std::move(e)};
    }
}

void CodeValidator::begin(Frame const& bottom)
{
    operands_.clear();
    frames_.assign(1, bottom);
    br_tables_ = 0;
}

/// Instrs_ok/empty, Instrs_ok/instr, Instrs_ok/seq, Instrs_ok/sub, Instrs_ok/frame
/// — valid/instructions.html#valid-instrs
///   One after another, each on what the ones before left on the stack, whose lower part it does
///   not see; operands may have subtypes of what is required.
/// Instrtype_ok, Instrtype_sub: instruction types are not made here, their parts are pushed and
///   popped.
void CodeValidator::walk(Expr const& e)
{
    expr_ = &e;
    for (auto const& i : e.instrs) {
        current_ = &i;
        require(!frames_.empty(), "unexpected token: instruction behind the final end", "Expr_ok");
        if (trace_ == nullptr) [[likely]]
            instruction(i);
        else
            traced(i);
    }
    require(frames_.empty(), "unexpected end of section or function", "Expr_ok");
}

/// The same as `instruction`, with what it did to the stack written down.
void CodeValidator::traced(Instr const& i)
{
    auto top = trace_->top;
    auto const height = operands_.size();
    trace_->steps.push_back({.top = top,
        .height = static_cast<std::uint32_t>(height),
        .reachable = !frames_.back().unreachable});
    operands_.watch();
    instruction(i);
    auto const low = operands_.low();
    trace_->steps.back().floor = static_cast<std::uint32_t>(low);
    for (auto h = height; h > low; --h)
        top = trace_->operands[top].below;
    auto const producer = static_cast<std::uint32_t>(trace_->steps.size() - 1);
    for (auto const t : operands_.last(operands_.size() - low)) {
        trace_->operands.push_back({.type = t, .below = top, .producer = producer});
        top = static_cast<std::uint32_t>(trace_->operands.size() - 1);
    }
    trace_->top = top;
}

/// Func_ok — valid/modules.html#valid-func
///   C |- FUNC x local* expr : C.TYPES[x]
///   -- Expand: C.TYPES[x] ~~ FUNC t_1* -> t_2*
///   -- (Local_ok: C |- local : lct)*
///   -- Expr_ok: C ++ {LOCALS (SET t_1)* lct*, LABELS (t_2*), RETURN (t_2*)} |- expr : t_2*
/// Localtype_ok, Local_ok/set, Local_ok/unset, Expr_ok — valid/modules.html#valid-local
FuncFacts CodeValidator::function(Func const& f, Index index, FuncTrace* trace)
{
    current_ = nullptr;
    trace_ = trace;
    placed(index, [&] {
        auto const& type = c_.func_type(f.type);
        for (auto const& l : f.locals)
            valtype_ok(c_, l.type);
        locals_.enter(type.params, f.locals, f.body.instrs.size());
        begin({.type = &type});
        walk(f.body);
    });
    return {operands_.high()};
}

/// Expr_ok_const, Expr_const — valid/instructions.html#valid-constant
///   C |- expr : t CONST
///   -- Expr_ok: C |- expr : t
///   -- Expr_const: C |- expr CONST
void CodeValidator::constant(Expr const& e, ValType t)
{
    current_ = nullptr;
    trace_ = nullptr;
    placed(std::nullopt, [&] {
        for (auto const& i : e.instrs) {
            current_ = &i;
            instr_const(c_, i);
        }
        locals_.enter({}, {}, 0);
        begin({.value = t, .has_value = true});
        walk(e);
    });
}

} // namespace touchstone
