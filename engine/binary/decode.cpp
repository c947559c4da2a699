#include "engine/binary/decode.hpp"

#include "engine/binary/cursor.hpp"
#include "engine/binary/decode_expr.hpp"
#include "engine/binary/decode_types.hpp"
#include "engine/binary/sections.hpp"
#include "engine/binary/type_codes.hpp"

namespace touchstone {

namespace binary {

namespace {

/// One module being decoded. As the specification's grammar has no section boundaries but what the
/// sizes say afterwards, entries are read up to the end of the input, and then the size is checked.
class ModuleReader
{
public:
    ModuleReader(std::span<std::uint8_t const> bytes, FeatureSet features)
        : in_{bytes}, features_{features}, exprs_{features}
    {}

    Module read()
    {
        header();
        while (!in_.at_end())
            section();
        check_lengths();
        return std::move(m_);
    }

    /// The function that is being decoded, if one is.
    [[nodiscard]] std::optional<std::uint32_t> function() const { return function_; }

private:
    [[nodiscard]] Where here() const { return {static_cast<std::uint32_t>(in_.offset())}; }

    void header()
    {
        if (in_.word32() != 0x6D73'6100) // "\0asm"
            in_.fail(0, "magic header not detected");
        if (in_.word32() != 1)
            in_.fail(4, "unknown binary version");
    }

    void section()
    {
        auto const where = here();
        auto const id = in_.byte();
        if (id >= section_count)
            in_.fail(where.offset, "malformed section id");
        auto const rank = section_rank[id];
        if (id != 0 && rank <= last_rank_)
            in_.fail(where.offset, "unexpected content after last section");
        auto const size = in_.length();
        auto const start = in_.offset();
        if (id == 0) {
            custom(where, size);
        } else {
            last_rank_ = rank;
            last_id_ = id;
            contents(static_cast<Section>(id));
        }
        if (in_.offset() != start + size)
            in_.fail(start, "section size mismatch");
    }

    void custom(Where where, std::size_t size)
    {
        auto const start = in_.offset();
        Custom c{.name = in_.name(), .after = last_id_, .where = where};
        auto const taken = in_.offset() - start;
        if (taken > size)
            in_.fail(start + size, "unexpected end of section or function");
        auto const bytes = in_.bytes(size - taken);
        c.bytes.assign(bytes.begin(), bytes.end());
        m_.customs.push_back(std::move(c));
    }

    void contents(Section id)
    {
        switch (id) {
        case Section::Custom: break;
        case Section::Type: types(); break;
        case Section::Import: imports(); break;
        case Section::Func: func_types(); break;
        case Section::Table: vector(m_.tables, &ModuleReader::table); break;
        case Section::Memory: vector(m_.memories, &ModuleReader::memory); break;
        case Section::Tag: vector(m_.tags, &ModuleReader::tag); break;
        case Section::Global: vector(m_.globals, &ModuleReader::global); break;
        case Section::Export: vector(m_.exports, &ModuleReader::export_); break;
        case Section::Start:
            m_.start_where = here();
            m_.start = in_.u32();
            break;
        case Section::Elem: vector(m_.elems, &ModuleReader::elem); break;
        case Section::DataCount:
            m_.has_data_count = true;
            m_.data_count_where = here();
            data_count_ = in_.u32();
            break;
        case Section::Code: code(); break;
        case Section::Data: vector(m_.datas, &ModuleReader::data); break;
        }
    }

    template <class T>
    void vector(std::vector<T>& into, T (ModuleReader::*entry)())
    {
        auto const count = in_.length();
        in_.reserve(into, count);
        for (std::uint32_t i = 0; i < count; ++i)
            into.push_back((this->*entry)());
    }

    void types()
    {

        auto const groups = in_.length();
        in_.reserve(m_.rec_groups, groups);
        in_.reserve(m_.types, groups);
        for (std::uint32_t i = 0; i < groups; ++i) {
            RecGroup group{.first = static_cast<Index>(m_.types.size())};
            if (in_.peek() == rec_group) {
                in_.byte();
                group.count = in_.length();
            }
            for (Index k = 0; k < group.count; ++k)
                m_.types.push_back(read_sub_type(in_));
            m_.rec_groups.push_back(group);
        }
    }

    void imports()
    {
        auto const count = in_.length();
        in_.reserve(m_.imports, count);
        for (std::uint32_t i = 0; i < count; ++i)
            import();
    }

    /// An import, or of compact-import-section a group of them, told by an empty name and a byte
    /// that is no kind of import: 0x7F before items with a type each, 0x7E before the type of all.
    void import()
    {
        constexpr std::uint8_t typed_items = 0x7F;
        constexpr std::uint8_t items_of_one_type = 0x7E;
        Import i{.where = here()};
        i.module = in_.name();
        i.name = in_.name();
        auto const may_be_group = i.name.empty() && features_.has(Feature::CompactImportSection);
        auto const next = may_be_group ? in_.peek() : std::uint8_t{0};
        if (next != typed_items && next != items_of_one_type) {
            i.type = read_extern_type(in_, features_);
            m_.imports.push_back(std::move(i));
            return;
        }
        in_.byte();
        if (next == items_of_one_type)
            i.type = read_extern_type(in_, features_);
        auto const count = in_.length();
        for (std::uint32_t item = 0; item < count; ++item) {
            i.where = here();
            i.name = in_.name();
            if (next == typed_items)
                i.type = read_extern_type(in_, features_);
            m_.imports.push_back(i);
        }
    }

    void func_types()
    {
        auto const count = in_.length();
        in_.reserve(func_types_, count);
        for (std::uint32_t i = 0; i < count; ++i)
            func_types_.push_back(in_.u32());
    }

    Table table()
    {
        constexpr std::uint8_t with_init = 0x40;
        Table t{.where = here()};
        auto const has_init = in_.peek() == with_init;
        if (has_init) {
            in_.byte();
            read_zero(in_);
        }
        t.type = read_table_type(in_);
        if (has_init)
            t.init = exprs_.read(in_);
        return t;
    }

    Memory memory()
    {
        auto const where = here();
        return {.type = read_memory_type(in_, features_), .where = where};
    }

    Tag tag()
    {
        auto const where = here();
        return {.type = read_tag_type(in_), .where = where};
    }

    Global global()
    {
        Global g{.where = here()};
        g.type = read_global_type(in_);
        g.init = exprs_.read(in_);
        return g;
    }

    Export export_()
    {
        Export e{.where = here()};
        e.name = in_.name();
        auto const kind = in_.byte();
        if (kind > static_cast<std::uint8_t>(ExternKind::Tag))
            in_.fail(in_.offset() - 1, "malformed export kind");
        e.kind = static_cast<ExternKind>(kind);
        e.index = in_.u32();
        return e;
    }

    /// Flags: 1 passive or declarative, 2 a table index (or declarative), 4 expressions.
    Elem elem()
    {
        Elem e{.where = here()};
        auto const flags = in_.u32();
        if (flags > 7)
            in_.fail(e.where.offset, "malformed elements segment kind");
        auto const has_index = (flags & 2) != 0;
        auto const has_exprs = (flags & 4) != 0;
        if ((flags & 1) == 0) {
            e.mode = Elem::Mode::Active;
            e.table = has_index ? in_.u32() : 0;
            e.offset = exprs_.read(in_);
        } else {
            e.mode = has_index ? Elem::Mode::Declarative : Elem::Mode::Passive;
        }
        auto const has_type = (flags & 3) != 0;
        if (has_exprs)
            e.type = has_type ? read_ref_type(in_) : funcref;
        else
            e.type = ValType::ref(false, AbsHeapType::Func);
        if (has_type && !has_exprs && in_.byte() != 0)
            in_.fail(in_.offset() - 1, "malformed element kind");
        auto const count = in_.length();
        in_.reserve(e.init, count);
        for (std::uint32_t i = 0; i < count; ++i)
            e.init.push_back(has_exprs ? exprs_.read(in_) : func_index());
        return e;
    }

    /// A function index stands for `ref.func x`.
    Expr func_index()
    {
        Expr e;
        e.instrs.resize(2);
        e.instrs[0].op = Opcode::RefFunc;
        e.instrs[0].where = here();
        e.instrs[0].x = in_.u32();
        e.instrs[1].op = Opcode::End;
        e.instrs[1].where = e.instrs[0].where;
        return e;
    }

    Data data()
    {
        Data d{.where = here()};
        auto const flags = in_.u32();
        if (flags > 2)
            in_.fail(d.where.offset, "malformed data segment kind");
        if (flags != 1) {
            d.mode = Data::Mode::Active;
            d.memory = flags == 2 ? in_.u32() : 0;
            d.offset = exprs_.read(in_);
        }
        auto const bytes = in_.byte_vector();
        d.bytes.assign(bytes.begin(), bytes.end());
        return d;
    }

    void code()
    {
        auto const imported = count_imports(m_, ExternKind::Func);
        bodies_ = in_.length();
        in_.reserve(m_.funcs, bodies_);
        for (std::uint32_t i = 0; i < bodies_; ++i) {
            function_ = imported + i;
            m_.funcs.push_back(func());
            if (i < func_types_.size())
                m_.funcs.back().type = func_types_[i];
        }
        function_.reset();
    }

    Func func()
    {
        auto const size = in_.length();
        auto const start = in_.offset();
        Func f{.where = here()};
        locals(f);
        f.body = exprs_.read(in_);
        if (in_.offset() != start + size)
            in_.fail(start, "section size mismatch");
        if (!data_use_ && exprs_.data_use())
            data_use_ = exprs_.data_use();
        return f;
    }

    void locals(Func& f)
    {
        auto const where = in_.offset();
        auto const groups = in_.length();
        in_.reserve(f.locals, groups);
        std::uint64_t sum = 0;
        for (std::uint32_t i = 0; i < groups; ++i) {
            Locals l{.count = in_.u32()};
            l.type = read_val_type(in_);
            sum += l.count;
            f.locals.push_back(l);
        }
        if (sum >> 32 != 0)
            in_.fail(where, "too many locals");
    }

    void check_lengths()
    {
        if (func_types_.size() != bodies_)
            in_.fail(in_.offset(), "function and code section have inconsistent lengths");
        if (data_count_ && *data_count_ != m_.datas.size())
            in_.fail(in_.offset(), "data count and data section have inconsistent lengths");
        if (!data_count_ && data_use_)
            in_.fail(*data_use_, "data count section required");
    }

    Cursor in_;
    FeatureSet features_;
    ExprReader exprs_;
    Module m_;
    std::vector<Index> func_types_;
    std::uint32_t bodies_ = 0;
    std::optional<std::uint32_t> data_count_;
    std::optional<std::size_t> data_use_; // where a function first used a data segment
    std::optional<std::uint32_t> function_;
    std::uint8_t last_rank_ = 0;
    std::uint8_t last_id_ = 0;
};

} // namespace

} // namespace binary

std::expected<Module, Error> decode(std::span<std::uint8_t const> bytes, FeatureSet features)
{
    binary::ModuleReader reader{bytes, features};
    try {
        return reader.read();
    } catch (Refused& refused) {
        refused.error.function = reader.function();
        return std::unexpected{std::move(refused.error)};
    }
}

} // namespace touchstone
