#include "generators/state_apart.hpp"

#include "engine/binary/decode.hpp"
#include "engine/binary/encode.hpp"
#include "engine/validation/validate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace touchstone::generators {

namespace {

constexpr char const* holder_name = "touchstone:state";

/// Takes an object out of `from`: it is exported by `holder`, and the last import.
void move_object(Module& from, Module& holder, ExternType const& type, Index index)
{
    auto const name = fmt::format("{}", holder.exports.size());
    holder.exports.push_back({.name = name, .kind = type.kind, .index = index});
    from.imports.push_back({.module = holder_name, .name = name, .type = type});
}

bool can_move(Table const& t)
{
    return !t.init && t.type.element.nullable && t.type.element.heap.is_abstract();
}

/// All objects of a kind or none, in order: so every index stays what it was.
Module take_state(Module& m)
{
    Module holder;
    for (auto& memory : std::exchange(m.memories, {})) {
        move_object(m, holder, {.kind = ExternKind::Memory, .memory = memory.type},
            static_cast<Index>(holder.memories.size()));
        holder.memories.push_back(memory);
    }
    if (std::ranges::all_of(m.tables, can_move))
        for (auto& table : std::exchange(m.tables, {})) {
            move_object(m, holder, {.kind = ExternKind::Table, .table = table.type},
                static_cast<Index>(holder.tables.size()));
            holder.tables.push_back(table);
        }
    return holder;
}

} // namespace

Case with_state_apart(Case const& c, std::size_t module)
{
    auto apart = c;
    auto m = decode(c.modules[module].bytes);
    if (!m || !validate(*m))
        return apart;
    auto const holder = take_state(*m);
    apart.modules[module].bytes = encode(*m);
    apart.modules.insert(apart.modules.begin() + static_cast<std::ptrdiff_t>(module),
        {.name = holder_name, .bytes = encode(holder)});
    for (auto& call : apart.calls)
        if (call.module >= module)
            ++call.module;
    return apart;
}

} // namespace touchstone::generators
