// Control instructions and the parametric ones (exec/instructions.html#control-instructions).

#include "engine/reference/rules.hpp"

namespace touchstone::reference {

namespace {

/// Step_pure/unreachable — exec/instructions.html#exec-unreachable
///   unreachable  ~>  trap
Step unreachable(Machine& z, Instr const&)
{
    return z.trap(Trap::Unreachable, RuleName::Unreachable);
}

/// Step_pure/nop — exec/instructions.html#exec-nop
///   nop  ~>  eps
Step nop(Machine&, Instr const&)
{
    return applied(RuleName::Nop);
}

/// Step_pure/drop — exec/instructions.html#exec-drop
///   val drop  ~>  eps
Step drop(Machine& z, Instr const&)
{
    static_cast<void>(z.pop());
    return applied(RuleName::Drop);
}

/// Step_pure/select-true, Step_pure/select-false — exec/instructions.html#exec-select
///   val1 val2 (i32.const c) (select t*?)  ~>  val1   if c =/= 0
///   val1 val2 (i32.const c) (select t*?)  ~>  val2   if c = 0
Step select(Machine& z, Instr const&)
{
    auto const c = z.pop<std::uint32_t>();
    auto const val2 = z.pop();
    if (c != 0)
        return applied(RuleName::SelectTrue);
    z.top() = val2;
    return applied(RuleName::SelectFalse);
}

/// Step_read/block — exec/instructions.html#exec-block
///   z; val^m (block bt instr*)  ~>  LABEL_n {eps} val^m instr*    if blocktype_z(bt) = t1^m ->
///   t2^n
/// Step_read/loop — exec/instructions.html#exec-loop
///   z; val^m (loop bt instr*)  ~>  LABEL_m {loop bt instr*} val^m instr*
template <RuleName rule>
Step block(Machine& z, Instr const& i)
{
    z.enter(z.label_at(i));
    return applied(rule);
}

/// Step_pure/if-true, Step_pure/if-false — exec/instructions.html#exec-if
///   (i32.const c) (if bt instr1* else instr2*)  ~>  (block bt instr1*)   if c =/= 0
///   (i32.const c) (if bt instr1* else instr2*)  ~>  (block bt instr2*)   if c = 0
Step if_(Machine& z, Instr const& i)
{
    auto const c = z.pop<std::uint32_t>();
    auto& label = z.label_at(i);
    z.enter(label);
    if (c != 0)
        return applied(RuleName::IfTrue);
    z.go_on_at(label.otherwise);
    return applied(RuleName::IfFalse);
}

/// Step_pure/label-vals — exec/instructions.html#exec-instrs-exit, at the end of an `if`'s first
/// branch
///   LABEL_n {instr*} val*  ~>  val*
Step else_(Machine& z, Instr const& i)
{
    z.go_on_at(z.label_at(i).continuation);
    return applied(RuleName::LabelVals);
}

/// Step_pure/label-vals — exec/instructions.html#exec-instrs-exit
///   LABEL_n {instr*} val*  ~>  val*
/// Step_pure/handler-vals: of a try_table both at once
///   HANDLER_n {catch*} val*  ~>  val*
/// and at the end of a function Step_pure/frame-vals
Step end(Machine& z, Instr const& i)
{
    return &i == z.frame.last ? z.leave_frame() : applied(RuleName::LabelVals);
}

/// Step_pure/br-label-zero, Step_pure/br-label-succ, Step_pure/br-handler —
/// exec/instructions.html#exec-br
///   LABEL_n {instr'*} val'* val^n (br 0) instr*  ~>  val^n instr'*
///   LABEL_n {instr'*} val* (br l+1) instr*  ~>  val* (br l)
///   HANDLER_n {catch*} val* (br l) instr*  ~>  val* (br l)
/// The l steps outwards were taken when the function's body was made.
Step br(Machine& z, Instr const& i)
{
    return z.branch(z.label_at(i));
}

/// Step_pure/br_if-true, Step_pure/br_if-false — exec/instructions.html#exec-br_if
///   (i32.const c) (br_if l)  ~>  (br l)   if c =/= 0
///   (i32.const c) (br_if l)  ~>  eps      if c = 0
Step br_if(Machine& z, Instr const& i)
{
    if (z.pop<std::uint32_t>() == 0)
        return applied(RuleName::BrIfFalse);
    return z.branch(z.label_at(i), RuleName::BrIfTrue);
}

/// Step_pure/br_table-lt, Step_pure/br_table-ge — exec/instructions.html#exec-br_table
///   (i32.const c) (br_table l* l')  ~>  (br l*[c])   if c < |l*|
///   (i32.const c) (br_table l* l')  ~>  (br l')      if c >= |l*|
Step br_table(Machine& z, Instr const& i)
{
    auto const c = z.pop<std::uint32_t>();
    auto const count = i.y - 1; // the last one is l'
    auto const entry = i.x + (c < count ? c : count);
    return z.branch(z.label_of_entry(entry), c < count ? RuleName::BrTableLt : RuleName::BrTableGe);
}

} // namespace

void add_control_rules(RuleTable& rules)
{
    rules[Opcode::Unreachable] = unreachable;
    rules[Opcode::Nop] = nop;
    rules[Opcode::Drop] = drop;
    rules[Opcode::Select] = select;
    rules[Opcode::SelectT] = select;
    rules[Opcode::Block] = block<RuleName::Block>;
    rules[Opcode::Loop] = block<RuleName::Loop>;
    rules[Opcode::If] = if_;
    rules[Opcode::Else] = else_;
    rules[Opcode::End] = end;
    rules[Opcode::Br] = br;
    rules[Opcode::BrIf] = br_if;
    rules[Opcode::BrTable] = br_table;
}

} // namespace touchstone::reference
