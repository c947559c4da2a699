// Exceptions (exec/instructions.html#exec-throw and after it).

#include "engine/reference/rules.hpp"

namespace touchstone::reference {

namespace {

/// Step_read/try_table — exec/instructions.html#exec-try_table
///   z; val^m (try_table bt catch* instr*)  ~>  HANDLER_n {catch*} (LABEL_n {eps} val^m instr*)
///     if blocktype_z(bt) = t1^m -> t2^n
/// Which handlers stand around an instruction is known from the function's body.
Step try_table(Machine& z, Instr const& i)
{
    z.enter(z.label_at(i));
    return applied(RuleName::TryTable);
}

/// Step/throw, add_exninst — exec/instructions.html#exec-throw
///   z; val^n (throw x)  ~>  z[.EXNS =++ exn]; (ref.exn_addr a) throw_ref
///     if a = |z.EXNS|  and  exn = {TAG z.TAGS[x], FIELDS val^n}
Step throw_(Machine& z, Instr const& i)
{
    auto const a = z.make_exception(z.module().tags[i.x]);
    if (!a)
        return z.exhausted(Limit::Heap);
    z.also(RuleName::Throw);
    return z.throw_exception(*a);
}

/// Step_read/throw_ref-null — exec/instructions.html#exec-throw_ref
///   z; (ref.null_addr) throw_ref  ~>  trap
Step throw_ref(Machine& z, Instr const&)
{
    auto const ref = to_ref(z.pop());
    if (ref.kind == RefKind::Null)
        return z.trap(Trap::NullExceptionReference, RuleName::ThrowRefNull);
    return z.throw_exception(static_cast<Index>(ref.payload));
}

} // namespace

void add_exception_rules(RuleTable& rules)
{
    rules[Opcode::TryTable] = try_table;
    rules[Opcode::Throw] = throw_;
    rules[Opcode::ThrowRef] = throw_ref;
}

} // namespace touchstone::reference
