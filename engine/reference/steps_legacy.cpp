// The instructions of legacy exceptions (the document "legacy exceptions" of
// WebAssembly/exception-handling, exec/instructions.html#control-instructions).

#include "engine/reference/rules.hpp"

namespace touchstone::reference {

namespace {

/// legacy-exceptions, exec/instructions.html#exec-try-catch
///   z; val^m (try bt instr* (catch x instr'*)* (catch_all instr''*)? end)
///     ~>  LABEL_n {eps} (HANDLER {...} val^m instr*)
/// legacy-exceptions, exec/instructions.html#exec-try-delegate: the same, with another handler
Step try_(Machine& z, Instr const& i)
{
    z.enter(z.label_at(i));
    return Step::Next;
}

/// The end of what stands before it: its values are those of the block.
Step catch_(Machine& z, Instr const& i)
{
    z.go_on_at(z.label_at(i).continuation);
    return Step::Next;
}

/// The end of its block.
Step delegate(Machine&, Instr const&)
{
    return Step::Next;
}

/// legacy-exceptions, exec/instructions.html#exec-rethrow
///   CAUGHT_n {exn} (rethrow l)  ~>  (ref.exn exn) throw_ref    of the l-th label outwards
Step rethrow(Machine& z, Instr const& i)
{
    return z.throw_exception(z.caught(z.label_index(i)));
}

} // namespace

void add_legacy_rules(RuleTable& rules)
{
    rules[Opcode::Try] = try_;
    rules[Opcode::Catch] = catch_;
    rules[Opcode::CatchAll] = catch_;
    rules[Opcode::Delegate] = delegate;
    rules[Opcode::Rethrow] = rethrow;
}

} // namespace touchstone::reference
