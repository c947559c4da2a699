#include "engine/binary/encode.hpp"

#include "engine/binary/branch_hints.hpp"
#include "engine/binary/encode_expr.hpp"
#include "engine/binary/encode_types.hpp"
#include "engine/binary/names.hpp"
#include "engine/binary/sections.hpp"
#include "engine/binary/sink.hpp"
#include "engine/binary/type_codes.hpp"

#include <algorithm>

namespace touchstone {

namespace binary {

namespace {

class ModuleWriter
{
public:
    explicit ModuleWriter(Module const& module) : m_{module} {}

    std::vector<std::uint8_t> write_all(EncodeOptions options)
    {
        out_.word(0x6D73'6100, 4); // "\0asm"
        out_.word(1, 4);
        customs_after(Section::Custom);
        for (auto const id : section_order) {
            if (id == Section::Code && !m_.branch_hints.empty())
                custom(branch_hint_section, encode_branch_hints(m_));
            if (present(id)) {
                contents_.clear();
                write_contents(id);
                out_.byte(static_cast<std::uint8_t>(id));
                out_.byte_vector(contents_.taken());
            }
            customs_after(id);
        }
        if (options.names && m_.names != Names{} && !keeps_name_section())
            custom(name_section, encode_names(m_.names));
        return std::move(out_).take();
    }

private:
    /// A name section that came with the module; there is to be only one.
    [[nodiscard]] bool keeps_name_section() const
    {
        return std::ranges::find(m_.customs, name_section, &Custom::name) != m_.customs.end();
    }
    [[nodiscard]] bool present(Section id) const;
    [[nodiscard]] std::size_t size_of(Section id) const;
    void customs_after(Section id);
    void custom(std::string_view name, std::span<std::uint8_t const> bytes);
    void write_contents(Section id);

    template <class T>
    void vector(std::vector<T> const& entries, void (ModuleWriter::*entry)(T const&))
    {
        contents_.length(entries.size());
        for (auto const& e : entries)
            (this->*entry)(e);
    }

    void type_group(RecGroup const& group);
    void import(Import const& i);
    void func_type_index(Func const& f) { contents_.unsigned_leb(f.type); }
    void table(Table const& t);
    void memory(Memory const& m) { write(contents_, m.type); }
    void tag(Tag const& t) { write(contents_, t.type); }
    void global(Global const& g);
    void export_(Export const& e);
    void elem(Elem const& e);
    void data(Data const& d);
    void func(Func const& f);

    Module const& m_;
    Sink out_;
    Sink contents_;
    Sink body_;
};

/// Also a section without entries is there if a custom section says that it stands after it.
bool ModuleWriter::present(Section id) const
{
    if (id == Section::Start)
        return m_.start.has_value();
    if (id == Section::DataCount)
        return m_.has_data_count;
    return size_of(id) != 0 || std::ranges::any_of(m_.customs, [id](Custom const& c) {
        return c.after == static_cast<std::uint8_t>(id);
    });
}

std::size_t ModuleWriter::size_of(Section id) const
{
    switch (id) {
    case Section::Type: return m_.rec_groups.size();
    case Section::Import: return m_.imports.size();
    case Section::Func:
    case Section::Code: return m_.funcs.size();
    case Section::Table: return m_.tables.size();
    case Section::Memory: return m_.memories.size();
    case Section::Tag: return m_.tags.size();
    case Section::Global: return m_.globals.size();
    case Section::Export: return m_.exports.size();
    case Section::Elem: return m_.elems.size();
    case Section::Data: return m_.datas.size();
    case Section::Custom:
    case Section::Start:
    case Section::DataCount: break;
    }
    return 0;
}

void ModuleWriter::customs_after(Section id)
{
    for (auto const& c : m_.customs)
        if (c.after == static_cast<std::uint8_t>(id))
            custom(c.name, c.bytes);
}

void ModuleWriter::custom(std::string_view name, std::span<std::uint8_t const> bytes)
{
    contents_.clear();
    contents_.name(name);
    contents_.bytes(bytes);
    out_.byte(static_cast<std::uint8_t>(Section::Custom));
    out_.byte_vector(contents_.taken());
}

void ModuleWriter::write_contents(Section id)
{
    switch (id) {
    case Section::Custom: break;
    case Section::Type: vector(m_.rec_groups, &ModuleWriter::type_group); break;
    case Section::Import: vector(m_.imports, &ModuleWriter::import); break;
    case Section::Func: vector(m_.funcs, &ModuleWriter::func_type_index); break;
    case Section::Table: vector(m_.tables, &ModuleWriter::table); break;
    case Section::Memory: vector(m_.memories, &ModuleWriter::memory); break;
    case Section::Tag: vector(m_.tags, &ModuleWriter::tag); break;
    case Section::Global: vector(m_.globals, &ModuleWriter::global); break;
    case Section::Export: vector(m_.exports, &ModuleWriter::export_); break;
    case Section::Start: contents_.unsigned_leb(m_.start.value()); break;
    case Section::Elem: vector(m_.elems, &ModuleWriter::elem); break;
    case Section::DataCount: contents_.length(m_.datas.size()); break;
    case Section::Code: vector(m_.funcs, &ModuleWriter::func); break;
    case Section::Data: vector(m_.datas, &ModuleWriter::data); break;
    }
}

void ModuleWriter::type_group(RecGroup const& group)
{
    if (group.count != 1) {
        contents_.byte(rec_group);
        contents_.length(group.count);
    }
    for (auto const& t : std::span{m_.types}.subspan(group.first, group.count))
        write(contents_, t);
}

void ModuleWriter::import(Import const& i)
{
    contents_.name(i.module);
    contents_.name(i.name);
    write(contents_, i.type);
}

void ModuleWriter::table(Table const& t)
{
    if (t.init) {
        contents_.byte(0x40);
        contents_.byte(0);
    }
    write(contents_, t.type);
    if (t.init)
        write(contents_, *t.init);
}

void ModuleWriter::global(Global const& g)
{
    write(contents_, g.type);
    write(contents_, g.init);
}

void ModuleWriter::export_(Export const& e)
{
    contents_.name(e.name);
    contents_.byte(static_cast<std::uint8_t>(e.kind));
    contents_.unsigned_leb(e.index);
}

/// The shortest of the eight forms: indices where every element is a `ref.func`, and the table and
/// the type left out where they are the ones that are meant then.
void ModuleWriter::elem(Elem const& e)
{
    auto const is_index = [](Expr const& x) {
        return x.instrs.size() == 2 && x.instrs[0].op == Opcode::RefFunc;
    };
    auto const by_index =
        e.type == ValType::ref(false, AbsHeapType::Func) && std::ranges::all_of(e.init, is_index);
    auto const is_active = e.mode == Elem::Mode::Active;
    auto const is_short = is_active && e.table == 0 && (by_index || e.type == funcref);
    auto const has_index = (is_active && !is_short) || e.mode == Elem::Mode::Declarative;

    contents_.byte(
        static_cast<std::uint8_t>((is_active ? 0 : 1) | (has_index ? 2 : 0) | (by_index ? 0 : 4)));
    if (is_active) {
        if (!is_short)
            contents_.unsigned_leb(e.table);
        write(contents_, e.offset);
    }
    if (!is_short) {
        if (by_index)
            contents_.byte(0);
        else
            write(contents_, e.type);
    }
    contents_.length(e.init.size());
    for (auto const& x : e.init) {
        if (by_index)
            contents_.unsigned_leb(x.instrs[0].x);
        else
            write(contents_, x);
    }
}

void ModuleWriter::data(Data const& d)
{
    auto const is_active = d.mode == Data::Mode::Active;
    contents_.byte(!is_active ? 1 : d.memory == 0 ? 0 : 2);
    if (is_active) {
        if (d.memory != 0)
            contents_.unsigned_leb(d.memory);
        write(contents_, d.offset);
    }
    contents_.byte_vector(d.bytes);
}

void ModuleWriter::func(Func const& f)
{
    body_.clear();
    write_locals(body_, f);
    write(body_, f.body);
    contents_.byte_vector(body_.taken());
}

} // namespace

} // namespace binary

std::vector<std::uint8_t> encode(Module const& module, EncodeOptions options)
{
    return binary::ModuleWriter{module}.write_all(options);
}

} // namespace touchstone
