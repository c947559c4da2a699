// References: null, equality, casts, small integers and the outside world
// (exec/instructions.html#reference-instructions).

#include "engine/reference/matching.hpp"
#include "engine/reference/rules.hpp"

namespace touchstone::reference {

namespace {

bool is_null(Val v)
{
    return to_ref(v).kind == RefKind::Null;
}

/// Step_pure/ref.as_non_null-null, Step_pure/ref.as_non_null-addr —
/// exec/instructions.html#exec-ref.as_non_null
///   ref ref.as_non_null  ~>  trap   if ref = ref.null_addr
///   ref ref.as_non_null  ~>  ref    otherwise
Step ref_as_non_null(Machine& z, Instr const&)
{
    if (is_null(z.top()))
        return z.trap(Trap::NullReference, RuleName::RefAsNonNullNull);
    return applied(RuleName::RefAsNonNullAddr);
}

/// Step_pure/br_on_null-null, Step_pure/br_on_null-addr —
/// exec/instructions.html#exec-br_on_null
///   val (br_on_null l)  ~>  (br l)   if val = ref.null_addr
///   val (br_on_null l)  ~>  val      otherwise
Step br_on_null(Machine& z, Instr const& i)
{
    if (!is_null(z.top()))
        return applied(RuleName::BrOnNullAddr);
    z.drop(1);
    return z.branch(z.label_at(i), RuleName::BrOnNullNull);
}

/// Step_pure/br_on_non_null-null, Step_pure/br_on_non_null-addr —
/// exec/instructions.html#exec-br_on_non_null
///   val (br_on_non_null l)  ~>  eps          if val = ref.null_addr
///   val (br_on_non_null l)  ~>  val (br l)   otherwise
Step br_on_non_null(Machine& z, Instr const& i)
{
    if (!is_null(z.top()))
        return z.branch(z.label_at(i), RuleName::BrOnNonNullAddr);
    z.drop(1);
    return applied(RuleName::BrOnNonNullNull);
}

/// Step_pure/ref.eq-null, Step_pure/ref.eq-true, Step_pure/ref.eq-false —
/// exec/instructions.html#exec-ref.eq
///   ref1 ref2 ref.eq  ~>  (i32.const 1)   if both are ref.null_addr, or ref1 = ref2
///   ref1 ref2 ref.eq  ~>  (i32.const 0)   otherwise
Step ref_eq(Machine& z, Instr const&)
{
    auto const ref2 = to_ref(z.pop());
    auto const ref1 = to_ref(z.pop());
    z.push(std::uint32_t{ref1 == ref2});
    if (ref1 != ref2)
        return applied(RuleName::RefEqFalse);
    return applied(ref1.kind == RefKind::Null ? RuleName::RefEqNull : RuleName::RefEqTrue);
}

/// s |- ref : inst_reftype(f.MODULE, rt), for the reference on top
bool top_is(Machine& z, ValType rt)
{
    return ref_ok(z.store, to_ref(z.top()), inst_valtype(z.module().types, rt));
}

/// Step_read/ref.test-true, Step_read/ref.test-false — exec/instructions.html#exec-ref.test
///   s; f; ref (ref.test rt)  ~>  (i32.const 1)   if s |- ref : inst_reftype(f.MODULE, rt)
///   s; f; ref (ref.test rt)  ~>  (i32.const 0)   otherwise
template <bool nullable>
Step ref_test(Machine& z, Instr const& i)
{
    bool const is = top_is(z, ValType::ref(nullable, i.heap_type()));
    z.drop(1);
    z.push(std::uint32_t{is});
    return applied(is ? RuleName::RefTestTrue : RuleName::RefTestFalse);
}

/// Step_read/ref.cast-succeed, Step_read/ref.cast-fail — exec/instructions.html#exec-ref.cast
///   s; f; ref (ref.cast rt)  ~>  ref    if s |- ref : inst_reftype(f.MODULE, rt)
///   s; f; ref (ref.cast rt)  ~>  trap   otherwise
template <bool nullable>
Step ref_cast(Machine& z, Instr const& i)
{
    if (!top_is(z, ValType::ref(nullable, i.heap_type())))
        return z.trap(Trap::CastFailure, RuleName::RefCastFail);
    return applied(RuleName::RefCastSucceed);
}

/// Step_read/br_on_cast-succeed, Step_read/br_on_cast-fail —
/// exec/instructions.html#exec-br_on_cast
///   s; f; ref (br_on_cast l rt1 rt2)  ~>  ref (br l)   if s |- ref : inst_reftype(f.MODULE, rt2)
///   s; f; ref (br_on_cast l rt1 rt2)  ~>  ref          otherwise
/// Step_read/br_on_cast_fail-succeed, Step_read/br_on_cast_fail-fail —
/// exec/instructions.html#exec-br_on_cast_fail
///   the other way round
template <bool branches_if, RuleName succeed, RuleName fail>
Step br_on_cast(Machine& z, Instr const& i)
{
    auto const rt2 = z.frame.func->code->body.types[i.y + 1];
    auto const rule = top_is(z, rt2) ? succeed : fail;
    constexpr auto branching = branches_if ? succeed : fail;
    return rule == branching ? z.branch(z.label_at(i), rule) : applied(rule);
}

constexpr std::uint32_t sign_of_i31 = 1U << 30;

/// Step_pure/ref.i31 — exec/instructions.html#exec-ref.i31
///   (i32.const i) ref.i31  ~>  (ref.i31_num wrap_32,31(i))
Step ref_i31(Machine& z, Instr const&)
{
    auto const i = z.pop<std::uint32_t>();
    z.push(to_val({.kind = RefKind::I31, .payload = i & 0x7FFF'FFFF}));
    return applied(RuleName::RefI31);
}

/// Step_pure/i31.get-null, Step_pure/i31.get-num — exec/instructions.html#exec-i31.get
///   (ref.null_addr) (i31.get sx)  ~>  trap
///   (ref.i31_num i) (i31.get sx)  ~>  (i32.const extend_31,32^sx(i))
template <bool is_signed>
Step i31_get(Machine& z, Instr const&)
{
    auto const ref = to_ref(z.pop());
    if (ref.kind == RefKind::Null)
        return z.trap(Trap::NullI31Reference, RuleName::I31GetNull);
    auto const i = static_cast<std::uint32_t>(ref.payload);
    z.push(is_signed ? (i ^ sign_of_i31) - sign_of_i31 : i);
    return applied(RuleName::I31GetNum);
}

/// Step_pure/extern.convert_any-null, Step_pure/extern.convert_any-addr —
/// exec/instructions.html#exec-extern.convert_any
///   ref extern.convert_any  ~>  ref.null_addr      if ref = ref.null_addr
///   ref extern.convert_any  ~>  (ref.extern ref)   otherwise
/// Step_pure/any.convert_extern-null, Step_pure/any.convert_extern-addr —
/// exec/instructions.html#exec-any.convert_extern
///   (ref.null_addr) any.convert_extern  ~>  ref.null_addr
///   (ref.extern ref) any.convert_extern  ~>  ref
template <bool is_extern, RuleName null, RuleName addr>
Step convert(Machine& z, Instr const&)
{
    auto ref = to_ref(z.top());
    if (ref.kind == RefKind::Null)
        return applied(null);
    ref.is_extern = is_extern;
    z.top() = to_val(ref);
    return applied(addr);
}

} // namespace

void add_cast_rules(RuleTable& rules)
{
    rules[Opcode::RefAsNonNull] = ref_as_non_null;
    rules[Opcode::BrOnNull] = br_on_null;
    rules[Opcode::BrOnNonNull] = br_on_non_null;
    rules[Opcode::RefEq] = ref_eq;
    rules[Opcode::RefTest] = ref_test<false>;
    rules[Opcode::RefTestNull] = ref_test<true>;
    rules[Opcode::RefCast] = ref_cast<false>;
    rules[Opcode::RefCastNull] = ref_cast<true>;
    rules[Opcode::BrOnCast] = br_on_cast<true, RuleName::BrOnCastSucceed, RuleName::BrOnCastFail>;
    rules[Opcode::BrOnCastFail] =
        br_on_cast<false, RuleName::BrOnCastFailSucceed, RuleName::BrOnCastFailFail>;
    rules[Opcode::RefI31] = ref_i31;
    rules[Opcode::I31GetS] = i31_get<true>;
    rules[Opcode::I31GetU] = i31_get<false>;
    rules[Opcode::ExternConvertAny] =
        convert<true, RuleName::ExternConvertAnyNull, RuleName::ExternConvertAnyAddr>;
    rules[Opcode::AnyConvertExtern] =
        convert<false, RuleName::AnyConvertExternNull, RuleName::AnyConvertExternAddr>;
}

} // namespace touchstone::reference
