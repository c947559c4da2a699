// Instantiation (exec/modules.html#instantiation): linking, sizes, allocation, then globals,
// segments and the start function in order.

#include "engine/fast/fast_store.hpp"
#include "engine/fast/faults.hpp"
#include "engine/fast/operands.hpp"
#include "engine/fast/refs.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

namespace touchstone::fast {

std::optional<Limit> FastStore::beyond_limits(Module const& m) const
{
    auto const& limits = machine_.limits();
    for (auto const& memory : m.memories)
        if (memory.type.limits.min > limits.pages)
            return Limit::Pages;
    for (auto const& table : m.tables)
        if (table.type.limits.min > limits.elements)
            return Limit::Elements;
    return std::nullopt;
}

/// Answers what the machine has not enough of, if anything.
std::optional<Limit> FastStore::allocate(Instance& to)
{
    auto const& m = to.module->module();
    to.own_memories.resize(m.memories.size());
    for (std::size_t i = 0; i < m.memories.size(); ++i)
        if (!to.own_memories[i].allocate(m.memories[i].type))
            return Limit::Pages;
    to.own_tables.resize(m.tables.size());
    for (std::size_t i = 0; i < m.tables.size(); ++i) {
        to.own_tables[i].type = m.tables[i].type;
        if (!to.own_tables[i].resize(m.tables[i].type.limits.min, null_slot))
            return Limit::Elements;
    }
    to.own_globals.resize(m.globals.size());
    for (std::size_t i = 0; i < m.globals.size(); ++i)
        to.own_globals[i].type = m.globals[i].type;
    allocate_functions(to);
    return std::nullopt;
}

void FastStore::allocate_functions(Instance& to)
{
    auto const& m = to.module->module();
    to.own_funcs.resize(m.funcs.size());
    for (std::size_t i = 0; i < m.funcs.size(); ++i) {
        auto const& source = m.funcs[i];
        auto& f = to.own_funcs[i];
        f.type = to.types[source.type];
        f.instance = &to;
        f.source = &source;
        f.index = static_cast<Index>(to.funcs.size() + i);
        f.params = static_cast<std::uint32_t>(f.type->params.size());
        f.results = static_cast<std::uint32_t>(f.type->results.size());
        f.param_slots = slots_of(f.type->params);
        f.result_slots = slots_of(f.type->results);
        f.values = std::uint64_t{f.params} + to.module->func_facts()[i].max_operands;
        for (auto const& group : source.locals) {
            f.local_slots += group.count * slots_of(group.type);
            f.values += group.count;
        }
    }
}

/// Gives everything its address, and the index spaces what the module defines.
void FastStore::enter(Instance& made)
{
    auto const give = [](auto& own, auto& by_address, auto& index_space) {
        for (auto& x : own) {
            x.address = static_cast<std::uint32_t>(by_address.size());
            by_address.push_back(&x);
            index_space.push_back(&x);
        }
    };
    give(made.own_funcs, machine_.functions, made.funcs);
    give(made.own_tables, tables_, made.tables);
    give(made.own_memories, memories_, made.memories);
    give(made.own_globals, globals_, made.globals);
    made.memory0 = made.memories.empty() ? machine_.no_memory() : made.memories.front();
}

FastStore::Cell FastStore::evaluate(Instance const& in, Expr const& constant) const
{
    std::vector<Cell> stack;
    auto const binary = [&stack](auto apply) {
        auto const b = stack.back();
        stack.pop_back();
        stack.back()[0] = apply(stack.back()[0], b[0]);
    };
    auto const add = [](auto a, auto b) { return a + b; };
    auto const sub = [](auto a, auto b) { return a - b; };
    auto const mul = [](auto a, auto b) { return a * b; };
    auto const in_32_bits = [](auto apply) {
        return [apply](Slot a, Slot b) { return Slot{low(apply(a, b))}; };
    };
    for (auto const& i : constant.instrs)
        switch (i.op) {
        case Opcode::I32Const:
        case Opcode::I64Const:
        case Opcode::F32Const:
        case Opcode::F64Const: stack.push_back({i.imm}); break;
        case Opcode::V128Const:
            stack.push_back(std::bit_cast<Cell>(constant.vectors[i.x].bytes));
            break;
        case Opcode::GlobalGet: stack.push_back(in.globals[i.x]->value); break;
        case Opcode::RefNull: stack.push_back({null_slot}); break;
        case Opcode::RefFunc: stack.push_back({pack_function(in.funcs[i.x])}); break;
        case Opcode::I32Add: binary(in_32_bits(add)); break;
        case Opcode::I32Sub: binary(in_32_bits(sub)); break;
        case Opcode::I32Mul: binary(in_32_bits(mul)); break;
        case Opcode::I64Add: binary(add); break;
        case Opcode::I64Sub: binary(sub); break;
        case Opcode::I64Mul: binary(mul); break;
        default: break; // end; the rest are features that this engine lacks
        }
    return stack.empty() ? Cell{} : stack.back();
}

void FastStore::evaluate_segments(Instance& in) const
{
    auto const& m = in.module->module();
    in.elems.resize(m.elems.size());
    for (std::size_t i = 0; i < m.elems.size(); ++i) {
        in.elems[i].refs.reserve(m.elems[i].init.size());
        for (auto const& e : m.elems[i].init)
            in.elems[i].refs.push_back(evaluate(in, e)[0]);
    }
    in.datas.resize(m.datas.size());
    for (std::size_t i = 0; i < m.datas.size(); ++i)
        in.datas[i].bytes = m.datas[i].bytes;
}

/// Active segments in order, each dropped when it is done; declared ones are dropped.
Outcome FastStore::run_segments(Instance& in)
{
    auto const& m = in.module->module();
    auto const ends = [](Outcome::End end, Trap trap) { return Outcome{.end = end, .trap = trap}; };
    auto const pays = [this](std::uint64_t units) {
        if (machine_.fuel < units)
            return false;
        machine_.fuel -= units;
        return true;
    };
    for (std::size_t i = 0; i < m.elems.size(); ++i) {
        auto const& segment = m.elems[i];
        if (segment.mode == Elem::Mode::Passive)
            continue;
        auto& refs = in.elems[i].refs;
        if (segment.mode == Elem::Mode::Active) {
            auto& elements = in.tables[segment.table]->elements;
            auto const at = evaluate(in, segment.offset)[0];
            if (!within(at, refs.size(), elements.size()))
                return ends(Outcome::End::Trapped, Trap::OutOfBoundsTableAccess);
            if (!pays((refs.size() + 63) / 64))
                return ends(Outcome::End::OutOfFuel, {});
            std::ranges::copy(refs, elements.begin() + static_cast<std::ptrdiff_t>(at));
        }
        in.elems[i] = {.refs = {}, .dropped = true};
    }
    for (std::size_t i = 0; i < m.datas.size(); ++i) {
        auto const& segment = m.datas[i];
        if (segment.mode == Data::Mode::Passive)
            continue;
        auto const& memory = *in.memories[segment.memory];
        auto const bytes = in.datas[i].bytes;
        auto const at = evaluate(in, segment.offset)[0];
        auto const beyond = !within(at, bytes.size(), memory.size());
        if (fault(Fault::DataPartly, beyond && at < memory.size()))
            std::memcpy(memory.base() + at, bytes.data(), memory.size() - at);
        if (beyond)
            return ends(Outcome::End::Trapped, Trap::OutOfBoundsMemoryAccess);
        if (!pays((bytes.size() + 4095) / 4096))
            return ends(Outcome::End::OutOfFuel, {});
        if (!bytes.empty())
            std::memcpy(memory.base() + at, bytes.data(), bytes.size());
        if (fault(Fault::DataKept, segment.memory != 0))
            continue;
        in.datas[i] = {.bytes = {}, .dropped = true};
    }
    return {};
}

/// What runs in a new instance: segments, then the start function.
Outcome FastStore::begin(Instance& in)
{
    return machine_.under_way(FuelOf::Its, machine_.limits().fuel_per_instantiation, [&] {
        auto outcome = run_segments(in);
        auto const& start = in.module->module().start;
        if (outcome.end == Outcome::End::Returned && start)
            outcome = machine_.invoke(*in.funcs[*start], {});
        return outcome;
    });
}

Instantiation FastStore::module_instantiate(
    std::shared_ptr<ValidModule const> module, std::span<ExternVal const> imports)
{
    if (auto const missing = module->features().first_missing_in(features()))
        return {{.end = Outcome::End::Unsupported, .feature = *missing}, std::nullopt};

    if (!machine_.may_reenter())
        return {{.end = Outcome::End::Exhausted, .limit = Limit::Frames}, std::nullopt};
    auto made = std::make_unique<Instance>();
    made->module = std::move(module);
    auto const& m = made->module->module();
    made->types.reserve(m.types.size());
    for (auto const& t : m.types)
        made->types.push_back(t.comp.kind == CompType::Kind::Func ? intern(t.comp.func) : nullptr);

    Import const* culprit = nullptr;
    if (auto const problem = link_all(*made, imports, culprit); !problem.empty()) {
        auto message = std::string{problem};
        message.append(" \"").append(culprit->module).append("\" \"");
        message.append(culprit->name).append("\"");
        return {{.end = Outcome::End::Unlinkable, .message = std::move(message)}, std::nullopt};
    }
    auto lacking = beyond_limits(m);
    if (!lacking)
        lacking = allocate(*made);
    if (lacking)
        return {{.end = Outcome::End::Exhausted, .limit = *lacking}, std::nullopt};

    auto& in = *made;
    in.address = static_cast<std::uint32_t>(instances_.size());
    instances_.push_back(std::move(made));
    enter(in);
    for (std::size_t i = 0; i < in.own_globals.size(); ++i)
        in.own_globals[i].value = evaluate(in, m.globals[i].init);
    evaluate_segments(in);
    return {begin(in), InstanceAddr{in.address}};
}

} // namespace touchstone::fast
