#include "engine/validation/features.hpp"

#include <algorithm>
#include <array>

namespace touchstone {

namespace {

// What the walk over all instructions needs of the table, side by side.
constexpr auto since = [] consteval {
    std::array<Feature, op_table.size()> all{};
    for (std::size_t k = 0; k < op_table.size(); ++k)
        all[k] = op_table[k].since;
    return all;
}();
constexpr auto has_details = [] consteval {
    std::array<bool, op_table.size()> all{};
    for (std::size_t k = 0; k < op_table.size(); ++k) {
        auto const i = op_table[k].immediates;
        all[k] = i == Immediates::Block || i == Immediates::TryTable || i == Immediates::HeapType ||
                 i == Immediates::Type;
    }
    return all;
}();

/// Walks a module and notes what it sees.
class FeatureScan
{
public:
    explicit FeatureScan(Module const& m)
        : m_{m}, imported_globals_{count_imports(m, ExternKind::Global)}
    {}

    FeatureSet run()
    {
        types();
        spaces();
        segments();
        for (auto const& f : m_.funcs) {
            for (auto const& l : f.locals)
                note(l.type);
            code(f.body);
        }
        return used_;
    }

private:
    void note(Feature f) { used_.add(f); }

    void note(HeapType h, bool nullable)
    {
        if (!nullable || !h.is_abstract())
            note(Feature::FunctionReferences);
        if (!h.is_abstract())
            return;
        switch (h.abstract()) {
        case AbsHeapType::Func:
        case AbsHeapType::Extern: return note(Feature::ReferenceTypes);
        case AbsHeapType::Exn:
        case AbsHeapType::NoExn: return note(Feature::Exceptions);
        default: return note(Feature::Gc);
        }
    }

    void note(ValType t)
    {
        if (t.is_vec())
            note(Feature::Simd);
        else if (t.is_ref())
            note(t.heap, t.nullable);
    }

    void note(SizeLimits const& l)
    {
        if (l.addr == AddrType::I64)
            note(Feature::Memory64);
    }

    void note(MemoryType const& t)
    {
        note(t.limits);
        if (t.is_shared)
            note(Feature::Threads);
        if (t.page_bytes() != page_size)
            note(Feature::CustomPageSizes);
    }

    void types()
    {
        for (auto const& g : m_.rec_groups)
            if (g.count != 1)
                note(Feature::Gc);
        for (auto const& t : m_.types) {
            if (!t.is_final || !t.supers.empty() || t.comp.kind != CompType::Kind::Func)
                note(Feature::Gc);
            if (t.comp.func.results.size() > 1)
                note(Feature::MultiValue);
            std::ranges::for_each(t.comp.func.params, [this](ValType v) { note(v); });
            std::ranges::for_each(t.comp.func.results, [this](ValType v) { note(v); });
            for (auto const& f : t.comp.fields)
                note(f.storage.unpacked);
        }
    }

    void table(TableType const& t)
    {
        note(t.limits);
        if (t.element != funcref)
            note(t.element);
    }

    void spaces()
    {
        auto const total = [this](ExternKind kind, std::size_t defined) {
            return count_imports(m_, kind) + defined;
        };
        if (total(ExternKind::Table, m_.tables.size()) > 1)
            note(Feature::ReferenceTypes);
        if (total(ExternKind::Memory, m_.memories.size()) > 1)
            note(Feature::MultiMemory);
        if (total(ExternKind::Tag, m_.tags.size()) > 0)
            note(Feature::Exceptions);
        for (auto const& i : m_.imports) {
            if (i.type.kind == ExternKind::Table)
                table(i.type.table);
            if (i.type.kind == ExternKind::Memory)
                note(i.type.memory);
            if (i.type.kind == ExternKind::Global)
                note(i.type.global.value);
        }
        for (auto const& t : m_.tables) {
            table(t.type);
            if (t.init) {
                note(Feature::FunctionReferences);
                constant(*t.init);
            }
        }
        for (auto const& t : m_.memories)
            note(t.type);
        for (auto const& g : m_.globals) {
            note(g.type.value);
            constant(g.init);
        }
    }

    /// Whether it was, or could have been, written as a list of function indices.
    static bool is_list_of_functions(Elem const& e)
    {
        return e.type == ValType::ref(false, AbsHeapType::Func) &&
               std::ranges::all_of(e.init, [](Expr const& x) {
                   return x.instrs.size() == 2 && x.instrs.front().op == Opcode::RefFunc;
               });
    }

    void segments()
    {
        for (auto const& e : m_.elems) {
            if (e.mode != Elem::Mode::Active)
                note(Feature::BulkMemory);
            if (e.mode == Elem::Mode::Declarative)
                note(Feature::ReferenceTypes);
            constant(e.offset);
            if (is_list_of_functions(e))
                continue;
            note(Feature::ReferenceTypes);
            note(e.type);
            for (auto const& x : e.init)
                constant(x);
        }
        for (auto const& d : m_.datas) {
            if (d.mode == Data::Mode::Passive)
                note(Feature::BulkMemory);
            constant(d.offset);
        }
        if (m_.has_data_count)
            note(Feature::BulkMemory);
    }

    void constant(Expr const& e)
    {
        code(e);
        for (auto const& i : e.instrs) {
            if (i.op == Opcode::GlobalGet && i.x >= imported_globals_)
                note(Feature::Gc);
            if (info(i.op).type.params().size() == 2)
                note(Feature::ExtendedConst);
        }
    }

    void code(Expr const& e)
    {
        for (auto const& i : e.instrs) {
            auto const k = static_cast<std::size_t>(i.op);
            note(since[k]);
            if (has_details[k])
                details(i);
        }
        for (auto const t : e.types)
            note(t);
    }

    void details(Instr const& i)
    {
        switch (info(i.op).immediates) {
        case Immediates::Block:
        case Immediates::TryTable:
        {
            auto const bt = i.block_type();
            if (bt.kind == BlockType::Kind::Type)
                note(Feature::MultiValue);
            else if (bt.kind == BlockType::Kind::Value)
                note(bt.value);
            return;
        }
        case Immediates::HeapType: return note(i.heap_type(), true);
        case Immediates::Type:
            if (i.op == Opcode::ReturnCallRef)
                note(Feature::FunctionReferences);
            return;
        default: return;
        }
    }

    Module const& m_;
    Index imported_globals_;
    FeatureSet used_{Feature::Wasm1};
};

} // namespace

FeatureSet features_used(Module const& m)
{
    return FeatureScan{m}.run();
}

} // namespace touchstone
