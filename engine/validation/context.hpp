#pragma once
// C of the specification (valid/conventions.html#context), but for locals and labels: what a module
// has declared so far, and the checks of the types that are written in it.

#include "engine/validation/canonical.hpp"
#include "engine/validation/matching.hpp"
#include "engine/validation/violation.hpp"

#include <vector>

namespace touchstone {

struct Context
{
    explicit Context(Module const& m) : module{&m} {}

    Module const* module;
    Index type_count = 0; ///< |C.TYPES|: the type indices that may be used
    TypeRegistry registry;
    std::vector<TypeId> type_ids;
    std::vector<bool> defaultable; ///< of each type index: every field has a default
    std::vector<Index> funcs;      ///< C.FUNCS, as type indices
    std::vector<TableType> tables;
    std::vector<MemoryType> memories;
    std::vector<GlobalType> globals;
    std::vector<TagType> tags;
    std::vector<bool> refs; ///< C.REFS: functions that ref.func may name

    [[nodiscard]] Matching match() const { return {registry, type_ids}; }

    [[nodiscard]] CompType const& type(Index x) const
    {
        if (x >= type_count) [[unlikely]]
            violate_unknown("type", x);
        return module->types[x].comp;
    }
    [[nodiscard]] FuncType const& func_type(Index x) const
    {
        auto const& t = type(x);
        if (t.kind != CompType::Kind::Func) [[unlikely]]
            violate("non-function type " + std::to_string(x));
        return t.func;
    }
    [[nodiscard]] std::vector<FieldType> const& struct_type(Index x) const
    {
        auto const& t = type(x);
        if (t.kind != CompType::Kind::Struct)
            violate("non-structure type " + std::to_string(x));
        return t.fields;
    }
    [[nodiscard]] FieldType array_type(Index x) const
    {
        auto const& t = type(x);
        if (t.kind != CompType::Kind::Array)
            violate("non-array type " + std::to_string(x));
        return t.fields.front();
    }
    [[nodiscard]] Index func(Index x) const { return known(funcs, x, "function"); }
    [[nodiscard]] TableType const& table(Index x) const { return known(tables, x, "table"); }
    [[nodiscard]] MemoryType const& memory(Index x) const { return known(memories, x, "memory"); }
    [[nodiscard]] GlobalType global(Index x) const { return known(globals, x, "global"); }
    /// What a tag carries.
    [[nodiscard]] std::vector<ValType> const& tag(Index x) const
    {
        return module->types[known(tags, x, "tag").type].comp.func.params;
    }
    [[nodiscard]] ValType elem(Index x) const
    {
        return known(module->elems, x, "elem segment").type;
    }
    void data(Index x) const { static_cast<void>(known(module->datas, x, "data segment")); }

private:
    template <class T>
    [[nodiscard]] static T const& known(std::vector<T> const& space, Index x, std::string_view what)
    {
        if (x >= space.size()) [[unlikely]]
            violate_unknown(what, x);
        return space[x];
    }
};

/// Defaultable, Nondefaultable — valid/types.html#valid-defaultable
[[nodiscard]] constexpr bool defaultable(ValType t)
{
    return !t.is_ref() || t.nullable;
}

void heaptype_ok(Context const& c, HeapType t);
void valtype_ok(Context const& c, ValType t);
void tabletype_ok(Context const& c, TableType const& t);
void memtype_ok(MemoryType const& t);
void tagtype_ok(Context const& c, TagType t);
void externtype_ok(Context const& c, ExternType const& t);
/// Validates the type section, and gives each of its types an id.
void types_ok(Context& c);

} // namespace touchstone
