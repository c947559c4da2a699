#include "engine/binary/names.hpp"

#include "engine/binary/cursor.hpp"

#include <algorithm>

namespace touchstone {

namespace binary {

namespace {

// What was read before the first malformed byte stays in `into`, so the maps are filled in place.

void read_map(Cursor& in, NameMap& into)
{
    auto const count = in.length();
    for (std::uint32_t i = 0; i < count; ++i) {
        auto const index = in.u32();
        into.insert_or_assign(index, in.name());
    }
}

void read_maps(Cursor& in, std::map<Index, NameMap>& into)
{
    auto const count = in.length();
    for (std::uint32_t i = 0; i < count; ++i)
        read_map(in, into[in.u32()]);
}

void read_subsection(std::uint8_t id, Cursor in, Names& names)
{
    switch (id) {
    case 0: names.module = in.name(); break;
    case 1: read_map(in, names.funcs); break;
    case 2: read_maps(in, names.locals); break;
    case 3: read_maps(in, names.labels); break;
    case 4: read_map(in, names.types); break;
    case 5: read_map(in, names.tables); break;
    case 6: read_map(in, names.memories); break;
    case 7: read_map(in, names.globals); break;
    case 8: read_map(in, names.elems); break;
    case 9: read_map(in, names.datas); break;
    case 10: read_maps(in, names.fields); break;
    case 11: read_map(in, names.tags); break;
    default: break; // of a later version
    }
}

void read_names(Cursor in, Names& names)
{
    while (!in.at_end()) {
        auto const id = in.byte();
        Cursor const contents{in.byte_vector()};
        try {
            read_subsection(id, contents, names);
        } catch (Refused const&) {
            continue; // the other subsections may still be fine
        }
    }
}

} // namespace

} // namespace binary

std::optional<Names> decode_names(Module const& module)
{
    auto const section = std::ranges::find(module.customs, "name", &Custom::name);
    if (section == module.customs.end())
        return std::nullopt;
    Names names;
    try {
        binary::read_names(binary::Cursor{section->bytes}, names);
    } catch (Refused const&) {
        return names; // a subsection's size is wrong: what stands after it cannot be found
    }
    return names;
}

} // namespace touchstone
