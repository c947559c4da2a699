#include "generators/shape.hpp"
#include "generators/smith_function.hpp"

namespace touchstone::generators {

/// Functions before this one only, so that calls end; leaves call what cannot call them back.
bool FunctionWriter::may_call(Index function) const
{
    auto const& f = plan_.funcs[function];
    if (function >= function_ || !affords(f.fuel) || (f.throws && guards_ == 0))
        return false;
    auto const is_import = function < count_imports(plan_.module, ExternKind::Func);
    return budget_.may_call || (is_import && !f.calls_back);
}

std::optional<Index> FunctionWriter::callee(ResultType const* results)
{
    if (!plan_.uses(Group::Calls))
        return std::nullopt;
    std::vector<Index> fitting;
    for (Index f = 0; f < function_; ++f)
        if ((results == nullptr || plan_.funcs[f].type.results == *results) && may_call(f))
            fitting.push_back(f);
    if (fitting.empty())
        return std::nullopt;
    return fitting[in_.below(static_cast<std::uint32_t>(fitting.size()))];
}

void FunctionWriter::arguments(ResultType const& types)
{
    for (auto const t : types)
        expression(t, 2);
}

bool FunctionWriter::call(ResultType const* results, bool tail)
{
    auto const f = callee(results);
    if (!f)
        return false;
    spend(plan_.funcs[*f].fuel);
    arguments(plan_.funcs[*f].type.params);
    code_.op(tail ? Opcode::ReturnCall : Opcode::Call, *f);
    return true;
}

bool FunctionWriter::call_indirect(ResultType const* results, bool tail)
{
    auto const fuel = shape.leaf_fuel + 4;
    if (!plan_.uses(Group::Indirect) || !budget_.may_call || !affords(fuel))
        return false;
    struct Target
    {
        Index table;
        std::size_t run;
    };
    std::vector<Target> fitting;
    for (Index t = 0; t < plan_.tables.size(); ++t)
        for (std::size_t r = 0; r < plan_.tables[t].runs.size(); ++r)
            if (results == nullptr || plan_.tables[t].runs[r].type.results == *results)
                fitting.push_back({t, r});
    if (fitting.empty())
        return false;
    auto const [table, which] = fitting[in_.below(static_cast<std::uint32_t>(fitting.size()))];
    auto const run = plan_.tables[table].runs[which];
    spend(fuel);
    arguments(run.type.params);
    if (risk()) {
        table_index(table, 2);
    } else {
        small(run.length, 3);
        code_.i32_const(run.first);
        code_.op(Opcode::I32Add);
        code_.to_address(plan_.tables[table].addr);
    }
    code_.op(tail ? Opcode::ReturnCallIndirect : Opcode::CallIndirect,
        type_index(plan_.module, run.type), table);
    return true;
}

void FunctionWriter::call_statement()
{
    auto const by_reference = plan_.uses(Group::TypedFunctions) && in_.chance(shape.call_ref);
    auto const before = plan_.uses(Group::Indirect) && in_.chance(110);
    auto const done = by_reference && call_ref(nullptr, false) ? true
                      : before ? call_indirect(nullptr, false) || call(nullptr, false)
                               : call(nullptr, false) || call_indirect(nullptr, false);
    if (!done)
        return assign(plan_.number(in_));
    auto const& last = code_.last();
    keep_all(last.op == Opcode::Call ? plan_.funcs[last.x].type.results
                                     : plan_.module.types[last.x].comp.func.results);
}

bool FunctionWriter::call_value(ValType t, std::uint32_t depth)
{
    if (depth < 2)
        return false;
    ResultType const results{t};
    if (plan_.uses(Group::TypedFunctions) && in_.chance(shape.call_ref) &&
        call_ref(&results, false))
        return true;
    return in_.chance(110) ? call_indirect(&results, false) : call(&results, false);
}

/// if (...) return_call
void FunctionWriter::tail_call()
{
    auto const results = plan_.funcs[function_].type.results;
    condition(2);
    open(Opcode::If, {}, {}, true);
    auto const by_reference = plan_.uses(Group::TypedFunctions) && in_.chance(shape.call_ref);
    if (by_reference && call_ref(&results, true))
        return close();
    if (in_.chance(128))
        (void)(call(&results, true) || call_indirect(&results, true));
    else
        (void)(call_indirect(&results, true) || call(&results, true));
    close();
}

} // namespace touchstone::generators
