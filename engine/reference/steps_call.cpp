// Calls and returns (exec/instructions.html#exec-call and after it).

#include "engine/reference/rules.hpp"

namespace touchstone::reference {

namespace {

/// Step_read/call — exec/instructions.html#exec-call
///   z; (call x)  ~>  (ref.func_addr a) (call_ref z.FUNCS[a].TYPE)    if z.MODULE.FUNCS[x] = a
Step call(Machine& z, Instr const& i)
{
    z.also(RuleName::Call);
    return z.call(z.func(i.x));
}

/// Step_read/return_call — exec/instructions.html#exec-return_call
///   z; (return_call x)  ~>  (ref.func_addr a) (return_call_ref z.FUNCS[a].TYPE)
Step return_call(Machine& z, Instr const& i)
{
    z.also(RuleName::ReturnCall);
    return z.tail_call(z.func(i.x));
}

FuncInst* trapped(Machine& z, Trap t, RuleName rule)
{
    static_cast<void>(z.trap(t, rule));
    return nullptr;
}

/// The callee of Step_pure/call_indirect and Step_pure/return_call_indirect: three instructions,
/// each with its own trap in the words of the test scripts.
///   (table.get y)                Step_read/table.get-oob, Step_read/table.get-val
///   (ref.cast (ref null x))      Step_read/ref.cast-fail, Step_read/ref.cast-succeed, whose
///                                Ref_ok/func, Ref_ok/sub come down to Deftype_sub
///   (call_ref x)                 Step_read/call_ref-null, or Step_read/return_call_ref-frame-null:
///                                a null passes the cast
/// Null: it trapped.
FuncInst* indirect_callee(Machine& z, Instr const& i, RuleName of_null)
{
    auto const& refs = z.table(i.y).refs;
    auto const at = z.pop<std::uint64_t>();
    if (at >= refs.size())
        return trapped(z, Trap::UndefinedElement, RuleName::TableGetOob);
    z.also(RuleName::TableGetVal);
    auto const ref = to_ref(refs[static_cast<std::size_t>(at)]);
    if (ref.kind == RefKind::Null)
        return trapped(z, Trap::UninitializedElement, of_null);
    auto& f = z.store.funcs[ref.payload];
    if (!z.store.types.matches(f.deftype, z.type(i.x)))
        return trapped(z, Trap::IndirectCallTypeMismatch, RuleName::RefCastFail);
    z.also(RuleName::RefCastSucceed);
    return &f;
}

/// Step_pure/call_indirect — exec/instructions.html#exec-call_indirect
///   (call_indirect x yy)  ~>  (table.get x) (ref.cast (ref null yy)) (call_ref yy)
Step call_indirect(Machine& z, Instr const& i)
{
    z.also(RuleName::CallIndirect);
    auto* const f = indirect_callee(z, i, RuleName::CallRefNull);
    return f != nullptr ? z.call(*f) : Step::Stop;
}

/// Step_pure/return_call_indirect — exec/instructions.html#exec-return_call_indirect
///   (return_call_indirect x yy)  ~>  (table.get x) (ref.cast (ref null yy)) (return_call_ref yy)
Step return_call_indirect(Machine& z, Instr const& i)
{
    z.also(RuleName::ReturnCallIndirect);
    auto* const f = indirect_callee(z, i, RuleName::ReturnCallRefFrameNull);
    return f != nullptr ? z.tail_call(*f) : Step::Stop;
}

/// Step_read/call_ref-null, Step_read/call_ref-func — exec/instructions.html#exec-call_ref
///   z; (ref.null_addr) (call_ref yy)  ~>  trap
///   z; val^n (ref.func_addr a) (call_ref yy)  ~>  FRAME_m {f} (LABEL_m {eps} instr*)
Step call_ref(Machine& z, Instr const&)
{
    auto const ref = to_ref(z.pop());
    if (ref.kind == RefKind::Null)
        return z.trap(Trap::NullFunctionReference, RuleName::CallRefNull);
    return z.call(z.store.funcs[ref.payload]);
}

/// Step_read/return_call_ref-frame-null, Step_read/return_call_ref-frame-addr
///   — exec/instructions.html#exec-return_call_ref
///   FRAME_k {f} val* (ref.null_addr) (return_call_ref yy) instr*  ~>  trap
///   FRAME_k {f} val'* val^n (ref.func_addr a) (return_call_ref yy) instr*
///     ~>  val^n (ref.func_addr a) (call_ref yy)
Step return_call_ref(Machine& z, Instr const&)
{
    auto const ref = to_ref(z.pop());
    if (ref.kind == RefKind::Null)
        return z.trap(Trap::NullFunctionReference, RuleName::ReturnCallRefFrameNull);
    return z.tail_call(z.store.funcs[ref.payload]);
}

/// Step_pure/return-frame, Step_pure/return-label, Step_pure/return-handler —
/// exec/instructions.html#exec-return
///   FRAME_n {f} val'* val^n return instr*  ~>  val^n
///   LABEL_n {instr'*} val* return instr*  ~>  val* return
///   HANDLER_n {catch*} val* return instr*  ~>  val* return
Step return_(Machine& z, Instr const&)
{
    return z.leave_frame();
}

} // namespace

void add_call_rules(RuleTable& rules)
{
    rules[Opcode::Call] = call;
    rules[Opcode::CallRef] = call_ref;
    rules[Opcode::CallIndirect] = call_indirect;
    rules[Opcode::ReturnCall] = return_call;
    rules[Opcode::ReturnCallIndirect] = return_call_indirect;
    rules[Opcode::ReturnCallRef] = return_call_ref;
    rules[Opcode::Return] = return_;
}

} // namespace touchstone::reference
