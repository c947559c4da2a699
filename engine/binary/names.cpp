#include "engine/binary/names.hpp"

#include "engine/binary/cursor.hpp"
#include "engine/binary/sink.hpp"

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

void read_names(Cursor in, Names& names, std::vector<Error>& problems)
{
    while (!in.at_end()) {
        auto const id = in.byte();
        Cursor const contents{in.byte_vector()};
        try {
            read_subsection(id, contents, names);
        } catch (Refused const& refused) {
            problems.push_back(refused.error); // the other subsections may still be fine
        }
    }
}

void write_map(Sink& out, NameMap const& names)
{
    out.length(names.size());
    for (auto const& [index, name] : names) {
        out.unsigned_leb(index);
        out.name(name);
    }
}

class NameWriter
{
public:
    void subsection(std::uint8_t id, NameMap const& names)
    {
        if (names.empty())
            return;
        write_map(contents_, names);
        end(id);
    }

    void subsection(std::uint8_t id, std::map<Index, NameMap> const& names)
    {
        if (names.empty())
            return;
        contents_.length(names.size());
        for (auto const& [index, inner] : names) {
            contents_.unsigned_leb(index);
            write_map(contents_, inner);
        }
        end(id);
    }

    void module(std::string_view name)
    {
        contents_.name(name);
        end(0);
    }

    std::vector<std::uint8_t> take() && { return std::move(out_).take(); }

private:
    void end(std::uint8_t id)
    {
        out_.byte(id);
        out_.byte_vector(contents_.taken());
        contents_.clear();
    }

    Sink out_;
    Sink contents_;
};

} // namespace

} // namespace binary

std::optional<Names> decode_names(Module const& module, std::vector<Error>* problems)
{
    auto const section = std::ranges::find(module.customs, name_section, &Custom::name);
    if (section == module.customs.end())
        return std::nullopt;
    Names names;
    std::vector<Error> found;
    try {
        binary::read_names(binary::Cursor{section->bytes}, names, found);
    } catch (Refused const& refused) {
        found.push_back(refused.error); // what stands after a wrong size cannot be found
    }
    if (problems != nullptr)
        *problems = std::move(found);
    return names;
}

std::vector<std::uint8_t> encode_names(Names const& names)
{
    binary::NameWriter out;
    if (names.module)
        out.module(*names.module);
    out.subsection(1, names.funcs);
    out.subsection(2, names.locals);
    out.subsection(3, names.labels);
    out.subsection(4, names.types);
    out.subsection(5, names.tables);
    out.subsection(6, names.memories);
    out.subsection(7, names.globals);
    out.subsection(8, names.elems);
    out.subsection(9, names.datas);
    out.subsection(10, names.fields);
    out.subsection(11, names.tags);
    return std::move(out).take();
}

} // namespace touchstone
