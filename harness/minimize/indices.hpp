#pragma once
// Every index of a module that names one of its things, visited in one place: what counts uses and
// what renumbers cannot disagree.

#include "engine/syntax/module.hpp"

#include <array>
#include <type_traits>

namespace touchstone::minimize {

/// The index spaces of a module; those of locals, labels and fields are not its own.
enum class Space : std::uint8_t
{
    Type,
    Func,
    Table,
    Memory,
    Global,
    Tag,
    Elem,
    Data,
};

inline constexpr std::size_t space_count = 8;

[[nodiscard]] constexpr Space space_of(ExternKind k)
{
    constexpr std::array spaces{
        Space::Func, Space::Table, Space::Memory, Space::Global, Space::Tag};
    return spaces[static_cast<std::size_t>(k)];
}

/// Calls `f(Space, Index)` with every index; in a module that is not const its answer takes the
/// index's place.
template <class F>
class IndexVisitor
{
public:
    explicit IndexVisitor(F& f) : f_{f} {}

    template <class I>
    void index(Space s, I& x)
    {
        if constexpr (std::is_const_v<I>)
            static_cast<void>(f_(s, x));
        else
            x = f_(s, x);
    }

    template <class V>
    void type(V& t)
    {
        if (t.is_ref() && !t.heap.is_abstract()) {
            auto const x = f_(Space::Type, t.heap.index());
            if constexpr (!std::is_const_v<V>)
                t.heap = HeapType::type(x);
        }
    }

    template <class I>
    void instr(I& i)
    {
        switch (info(i.op).immediates) {
        case Immediates::Block:
        case Immediates::TryTable: return block_type(i);
        case Immediates::HeapType: return heap_type(i);
        case Immediates::Func: return index(Space::Func, i.x);
        case Immediates::Tag: return index(Space::Tag, i.x);
        case Immediates::Global: return index(Space::Global, i.x);
        case Immediates::Table: return index(Space::Table, i.x);
        case Immediates::Elem: return index(Space::Elem, i.x);
        case Immediates::Data: return index(Space::Data, i.x);
        case Immediates::Memory:
        case Immediates::Memarg:
        case Immediates::MemargLane: return index(Space::Memory, i.x);
        case Immediates::Type:
        case Immediates::TypeField:
        case Immediates::TypeCount: return index(Space::Type, i.x);
        case Immediates::TypeTable: return pair(i, Space::Type, Space::Table);
        case Immediates::TableTable: return pair(i, Space::Table, Space::Table);
        case Immediates::ElemTable: return pair(i, Space::Elem, Space::Table);
        case Immediates::MemoryMemory: return pair(i, Space::Memory, Space::Memory);
        case Immediates::DataMemory: return pair(i, Space::Data, Space::Memory);
        case Immediates::TypeData: return pair(i, Space::Type, Space::Data);
        case Immediates::TypeElem: return pair(i, Space::Type, Space::Elem);
        case Immediates::TypeType: return pair(i, Space::Type, Space::Type);
        default: return; // indices of locals and labels, numbers, and what stands in the pools
        }
    }

    template <class E>
    void expr(E& e)
    {
        for (auto& i : e.instrs)
            instr(i);
        for (auto& t : e.types)
            type(t);
        for (auto& c : e.catches)
            if (c.kind == Catch::Kind::Catch || c.kind == Catch::Kind::CatchRef)
                index(Space::Tag, c.tag);
    }

    template <class M>
    void module(M& m)
    {
        for (auto& t : m.types)
            sub_type(t);
        for (auto& i : m.imports)
            extern_type(i.type);
        for (auto& f : m.funcs)
            func(f);
        for (auto& t : m.tables) {
            type(t.type.element);
            if (t.init)
                expr(*t.init);
        }
        for (auto& t : m.tags)
            index(Space::Type, t.type.type);
        for (auto& g : m.globals) {
            type(g.type.value);
            expr(g.init);
        }
        for (auto& e : m.exports)
            index(space_of(e.kind), e.index);
        if (m.start)
            index(Space::Func, *m.start);
        segments(m);
    }

    template <class T>
    void sub_type(T& t)
    {
        for (auto& s : t.supers)
            index(Space::Type, s);
        for (auto& p : t.comp.func.params)
            type(p);
        for (auto& r : t.comp.func.results)
            type(r);
        for (auto& f : t.comp.fields)
            type(f.storage.unpacked);
    }

    template <class Fn>
    void func(Fn& f)
    {
        index(Space::Type, f.type);
        for (auto& group : f.locals)
            type(group.type);
        expr(f.body);
    }

private:
    template <class I>
    void pair(I& i, Space x, Space y)
    {
        index(x, i.x);
        index(y, i.y);
    }

    template <class I>
    void block_type(I& i)
    {
        auto t = i.block_type();
        if (t.kind == BlockType::Kind::Type)
            index(Space::Type, t.type);
        else if (t.kind == BlockType::Kind::Value)
            type(t.value);
        if constexpr (!std::is_const_v<I>)
            i.set_block_type(t);
    }

    template <class I>
    void heap_type(I& i)
    {
        auto const t = i.heap_type();
        if (t.is_abstract())
            return;
        auto const x = f_(Space::Type, t.index());
        if constexpr (!std::is_const_v<I>)
            i.set_heap_type(HeapType::type(x));
    }

    template <class T>
    void extern_type(T& t)
    {
        switch (t.kind) {
        case ExternKind::Func: return index(Space::Type, t.func);
        case ExternKind::Table: return type(t.table.element);
        case ExternKind::Memory: return;
        case ExternKind::Global: return type(t.global.value);
        case ExternKind::Tag: return index(Space::Type, t.tag.type);
        }
    }

    template <class M>
    void segments(M& m)
    {
        for (auto& e : m.elems) {
            type(e.type);
            if (e.mode == Elem::Mode::Active)
                index(Space::Table, e.table);
            expr(e.offset);
            for (auto& x : e.init)
                expr(x);
        }
        for (auto& d : m.datas) {
            if (d.mode == Data::Mode::Active)
                index(Space::Memory, d.memory);
            expr(d.offset);
        }
    }

    F& f_;
};

/// `f(Space, Index)` for every index of the module.
template <class F>
void for_each_index(Module const& m, F f)
{
    auto visit = [&f](Space s, Index x) {
        f(s, x);
        return x;
    };
    IndexVisitor{visit}.module(m);
}

/// `f(Space, Index)` for every index of one instruction, but for those in its pools.
template <class F>
void for_each_index(Instr const& i, F f)
{
    auto visit = [&f](Space s, Index x) {
        f(s, x);
        return x;
    };
    IndexVisitor{visit}.instr(i);
}

/// Every index is replaced by `f(Space, Index)`.
template <class F>
void map_indices(Module& m, F f)
{
    IndexVisitor{f}.module(m);
}

template <class F>
void map_indices(Func& func, F f)
{
    IndexVisitor{f}.func(func);
}

/// How large an index space is.
[[nodiscard]] inline Index size_of(Module const& m, Space s)
{
    auto const size = [](auto const& v) { return static_cast<Index>(v.size()); };
    switch (s) {
    case Space::Type: return size(m.types);
    case Space::Func: return count_imports(m, ExternKind::Func) + size(m.funcs);
    case Space::Table: return count_imports(m, ExternKind::Table) + size(m.tables);
    case Space::Memory: return count_imports(m, ExternKind::Memory) + size(m.memories);
    case Space::Global: return count_imports(m, ExternKind::Global) + size(m.globals);
    case Space::Tag: return count_imports(m, ExternKind::Tag) + size(m.tags);
    case Space::Elem: return size(m.elems);
    case Space::Data: return size(m.datas);
    }
    return 0;
}

} // namespace touchstone::minimize
