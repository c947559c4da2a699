#include "engine/reference/heap.hpp"

#include <limits>
#include <new>

namespace touchstone::reference {

namespace {

std::uint64_t units_for(std::uint64_t counted_bytes)
{
    constexpr std::uint64_t bytes_per_unit = 16;
    return 1 + counted_bytes / bytes_per_unit + (counted_bytes % bytes_per_unit != 0 ? 1 : 0);
}

ObjectSize size_of(RefKind kind, Object const& o, Layout const& layout)
{
    return kind == RefKind::Array ? size_of_array(layout, o.length) : size_of_struct(layout);
}

} // namespace

ObjectSize size_of_struct(Layout const& layout)
{
    return {
        static_cast<std::uint32_t>(layout.places.size()), layout.size, units_for(layout.counted)};
}

ObjectSize size_of_array(Layout const& layout, std::uint32_t length)
{
    return {length, length * layout.size, units_for(length * layout.counted)};
}

std::optional<Index> Heap::add(RefKind kind, Index type, ObjectSize const& size)
{
    auto& all = space(kind);
    auto& free = free_[number(kind)];
    if (free.empty() && all.size() > std::numeric_limits<Index>::max())
        return std::nullopt;
    try {
        Object made{{}, size.length, type, true};
        if (size.bytes != 0)
            made.bytes = std::make_unique<std::uint8_t[]>(static_cast<std::size_t>(size.bytes));
        if (free.empty()) {
            all.push_back(std::move(made));
            units_ += size.units;
            return static_cast<Index>(all.size() - 1);
        }
        auto const a = free.back();
        all[a] = std::move(made);
        free.pop_back();
        units_ += size.units;
        return a;
    } catch (std::bad_alloc const&) {
        return std::nullopt;
    }
}

bool Heap::has(RefKind kind, std::uint64_t a) const
{
    return is_object(kind) && a < space(kind).size() && at(kind, a).is_live;
}

Heap::Marks Heap::no_marks() const
{
    Marks marks;
    for (std::size_t k = 0; k < marks.size(); ++k)
        marks[k].resize(spaces_[k].size());
    return marks;
}

bool Heap::mark(Marks& marks, Ref r) const
{
    if (!has(r.kind, r.payload))
        return false;
    auto& of_kind = marks[number(r.kind)];
    if (of_kind[r.payload])
        return false;
    of_kind[r.payload] = true;
    return true;
}

void Heap::sweep(Marks const& marks, TypeGraph const& types, std::span<DefType const> tags)
{
    for (auto const kind : {RefKind::Struct, RefKind::Array, RefKind::Exn}) {
        auto& all = space(kind);
        for (Index a = 0; a < all.size(); ++a) {
            auto& o = all[a];
            if (!o.is_live || marks[number(kind)][a])
                continue;
            auto const type = kind == RefKind::Exn ? tags[o.type] : static_cast<DefType>(o.type);
            units_ -= size_of(kind, o, types.layout(type)).units;
            o = {};
            free_[number(kind)].push_back(a);
        }
    }
}

} // namespace touchstone::reference
