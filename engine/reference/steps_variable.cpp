// Variables and references (exec/instructions.html#variable-instructions, #reference-instructions).

#include "engine/reference/rules.hpp"

namespace touchstone::reference {

namespace {

/// Step_read/local.get — exec/instructions.html#exec-local.get
///   z; (local.get x)  ~>  val    if z.LOCALS[x] = val
Step local_get(Machine& z, Instr const& i)
{
    z.push(z.local(i.x));
    return applied(RuleName::LocalGet);
}

/// Step/local.set, with_local — exec/instructions.html#exec-local.set
///   z; val (local.set x)  ~>  z[.LOCALS[x] = val]; eps
Step local_set(Machine& z, Instr const& i)
{
    z.local(i.x) = z.pop();
    return applied(RuleName::LocalSet);
}

/// Step_pure/local.tee — exec/instructions.html#exec-local.tee
///   val (local.tee x)  ~>  val val (local.set x)
Step local_tee(Machine& z, Instr const& i)
{
    z.local(i.x) = z.top();
    return applied(RuleName::LocalTee);
}

/// Step_read/global.get — exec/instructions.html#exec-global.get
///   z; (global.get x)  ~>  val    if z.GLOBALS[x].VALUE = val
Step global_get(Machine& z, Instr const& i)
{
    z.push(z.global(i.x).value);
    return applied(RuleName::GlobalGet);
}

/// Step/global.set, with_global — exec/instructions.html#exec-global.set
///   z; val (global.set x)  ~>  z[.GLOBALS[x].VALUE = val]; eps
Step global_set(Machine& z, Instr const& i)
{
    z.global(i.x).value = z.pop();
    return applied(RuleName::GlobalSet);
}

/// Step_read/ref.null — exec/instructions.html#exec-ref.null
///   z; (ref.null ht)  ~>  ref.null_addr
Step ref_null(Machine& z, Instr const&)
{
    z.push(to_val(Ref{}));
    return applied(RuleName::RefNull);
}

/// Step_pure/ref.is_null-true, Step_pure/ref.is_null-false —
/// exec/instructions.html#exec-ref.is_null
///   ref ref.is_null  ~>  (i32.const 1)   if ref = ref.null_addr
///   ref ref.is_null  ~>  (i32.const 0)   otherwise
Step ref_is_null(Machine& z, Instr const&)
{
    bool const null = to_ref(z.pop()).kind == RefKind::Null;
    z.push(std::uint32_t{null});
    return applied(null ? RuleName::RefIsNullTrue : RuleName::RefIsNullFalse);
}

/// Step_read/ref.func — exec/instructions.html#exec-ref.func
///   z; (ref.func x)  ~>  (ref.func_addr z.MODULE.FUNCS[x])
Step ref_func(Machine& z, Instr const& i)
{
    z.push(to_val({.kind = RefKind::Func, .payload = z.module().funcs[i.x]}));
    return applied(RuleName::RefFunc);
}

} // namespace

void add_variable_rules(RuleTable& rules)
{
    rules[Opcode::LocalGet] = local_get;
    rules[Opcode::LocalSet] = local_set;
    rules[Opcode::LocalTee] = local_tee;
    rules[Opcode::GlobalGet] = global_get;
    rules[Opcode::GlobalSet] = global_set;
}

void add_reference_rules(RuleTable& rules)
{
    rules[Opcode::RefNull] = ref_null;
    rules[Opcode::RefIsNull] = ref_is_null;
    rules[Opcode::RefFunc] = ref_func;
}

} // namespace touchstone::reference
