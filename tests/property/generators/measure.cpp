#include "tests/property/generators/measure.hpp"

#include "engine/binary/decode.hpp"
#include "engine/validation/validate.hpp"

#include <algorithm>

namespace touchstone::measure {

namespace {

Outcome refused(Ran& ran, Error const& e)
{
    if (ran.refusal.empty())
        ran.refusal = describe(e);
    return {.end = Outcome::End::Unsupported};
}

/// Instantiates one module; imports come from those before, by name.
Outcome instantiate(Case const& c, std::size_t which, Store& store,
    std::vector<std::optional<InstanceAddr>>& instances, Ran& ran)
{
    auto module = decode(c.modules[which].bytes);
    if (!module)
        return refused(ran, module.error());
    auto valid = validate(std::move(*module));
    if (!valid)
        return refused(ran, valid.error());
    std::vector<ExternVal> imports;
    for (auto const& i : (*valid)->module().imports)
        for (std::size_t m = 0; m < which; ++m)
            if (c.modules[m].name == i.module && instances[m])
                if (auto const e = store.instance_export(*instances[m], i.name))
                    imports.push_back(*e);
    auto done = store.module_instantiate(*valid, imports);
    instances[which] = done.instance;
    return std::move(done.outcome);
}

} // namespace

Ran run(
    Case const& c, Store& store, std::function<void(bool after, Outcome const*)> const& around_call)
{
    Ran ran;
    std::vector<std::optional<InstanceAddr>> instances(c.modules.size());
    for (std::size_t m = 0; m < c.modules.size(); ++m)
        ran.instantiations.push_back(instantiate(c, m, store, instances, ran));
    for (auto const& call : c.calls) {
        if (!instances[call.module])
            continue;
        auto const f = store.instance_export(*instances[call.module], call.function);
        if (!f)
            continue;
        if (around_call)
            around_call(false, nullptr);
        ran.calls.push_back(store.func_invoke(FuncAddr{f->address}, call.args));
        if (around_call)
            around_call(true, &ran.calls.back());
    }
    if (!instances.empty() && instances.back()) {
        auto const view = store.instance(*instances.back());
        for (auto const m : view.memories) {
            auto const bytes = store.mem_read(m);
            ran.memories.emplace_back(bytes.begin(), bytes.end());
        }
        for (auto const g : view.globals)
            ran.globals.push_back(store.global_read(g));
    }
    return ran;
}

std::uint64_t Totals::short_calls() const
{
    return static_cast<std::uint64_t>(
        std::ranges::upper_bound(instructions, 10U) - instructions.begin());
}

Totals totals_of(std::function<Case(std::uint64_t)> const& make, std::uint64_t count)
{
    Totals t;
    t.cases = count;
    for (std::uint64_t i = 0; i < count; ++i) {
        auto const c = make(i);
        reference::Statistics statistics;
        auto const store =
            reference::make_store(Limits::for_campaign(), {.statistics = &statistics});
        reference::Statistics before;
        auto const ran = run(c, *store, [&](bool after, Outcome const* outcome) {
            if (!after) {
                before = statistics;
                return;
            }
            ++t.calls;
            t.returned += outcome->end == Outcome::End::Returned ? 1 : 0;
            t.trapped += outcome->end == Outcome::End::Trapped ? 1 : 0;
            t.threw += outcome->end == Outcome::End::Threw ? 1 : 0;
            t.out_of_fuel += outcome->end == Outcome::End::OutOfFuel ? 1 : 0;
            t.exhausted += outcome->end == Outcome::End::Exhausted ? 1 : 0;
            if (outcome->end == Outcome::End::Trapped)
                ++t.traps[static_cast<std::size_t>(outcome->trap)];
            t.instructions.push_back(
                statistics.executed_instructions - before.executed_instructions);
            std::uint64_t distinct = 0;
            for (std::size_t op = 0; op < op_table.size(); ++op) {
                auto const n = statistics.by_opcode[op] - before.by_opcode[op];
                distinct += n != 0 ? 1 : 0;
                t.by_opcode[op] += n;
            }
            t.opcodes.push_back(distinct);
        });
        t.invalid += ran.refusal.empty() ? 0 : 1;
        t.instantiated += std::ranges::all_of(ran.instantiations,
                              [](Outcome const& o) { return o.end == Outcome::End::Returned; })
                              ? 1
                              : 0;
    }
    std::ranges::sort(t.instructions);
    std::ranges::sort(t.opcodes);
    return t;
}

} // namespace touchstone::measure
