#include "engine/validation/canonical.hpp"

namespace touchstone {

namespace {

/// Writes a group as one string of code units, prefix-free, so that equal strings are equal groups.
class GroupWriter
{
public:
    GroupWriter(Index first, std::span<TypeId const> ids) : first_{first}, ids_{ids} {}

    void write(SubType const& t)
    {
        unit(t.is_final ? 1 : 0);
        size(t.supers.size());
        for (auto const x : t.supers)
            type_use(x);
        unit(static_cast<std::uint32_t>(t.comp.kind));
        if (t.comp.kind == CompType::Kind::Func) {
            size(t.comp.func.params.size());
            for (auto const p : t.comp.func.params)
                write(p);
            size(t.comp.func.results.size());
            for (auto const r : t.comp.func.results)
                write(r);
            return;
        }
        size(t.comp.fields.size());
        for (auto const& f : t.comp.fields) {
            unit(static_cast<std::uint32_t>(f.storage.pack) << 1 | (f.is_mutable ? 1 : 0));
            if (f.storage.pack == StorageType::Pack::No)
                write(f.storage.unpacked);
        }
    }

    std::u32string text;

private:
    void unit(std::uint32_t u) { text.push_back(static_cast<char32_t>(u)); }
    void size(std::size_t n) { unit(static_cast<std::uint32_t>(n)); }

    void type_use(Index x)
    {
        bool const inside = x >= first_;
        unit(inside ? 1 : 0);
        unit(inside ? x - first_ : static_cast<std::uint32_t>(ids_[x]));
    }

    // kind, nullable, which abstract heap type; a concrete one follows
    void write(ValType t)
    {
        auto const kind = static_cast<std::uint32_t>(t.kind);
        if (!t.is_ref())
            return unit(kind);
        bool const abstract = t.heap.is_abstract();
        unit(kind | (t.nullable ? 1U << 8 : 0U) | (abstract ? 1U << 9 : 0U) |
             (abstract ? static_cast<std::uint32_t>(t.heap.abstract()) << 16 : 0U));
        if (!abstract)
            type_use(t.heap.index());
    }

    Index first_;
    std::span<TypeId const> ids_;
};

} // namespace

std::vector<TypeId> TypeRegistry::add(Module const& m)
{
    std::vector<TypeId> ids;
    ids.reserve(m.types.size());
    for (auto const g : m.rec_groups)
        add_group(std::span{m.types}.subspan(g.first, g.count), ids);
    return ids;
}

void TypeRegistry::add_group(std::span<SubType const> group, std::vector<TypeId>& ids)
{
    auto const first = static_cast<Index>(ids.size());
    GroupWriter writer{first, ids};
    for (auto const& t : group)
        writer.write(t);
    auto const next = static_cast<TypeId>(nodes_.size());
    auto const [at, is_new] = groups_.try_emplace(std::move(writer.text), next);
    for (std::size_t i = 0; i < group.size(); ++i)
        ids.push_back(static_cast<TypeId>(static_cast<std::size_t>(at->second) + i));
    if (!is_new)
        return;
    for (auto const& t : group)
        add_node(
            t.comp.kind, t.supers.empty() ? std::nullopt : std::optional{ids[t.supers.front()]});
}

// Jump pointers as in a skew-binary list: a node skips as far as its parent and grandparent by
// jumps do together if those two skip equally far, else to its parent. Any ancestor is O(log depth)
// away.
void TypeRegistry::add_node(CompType::Kind kind, std::optional<TypeId> super)
{
    if (!super) {
        auto const self = static_cast<TypeId>(nodes_.size());
        nodes_.push_back({kind, 0, self, self});
        return;
    }
    auto const& parent = node(*super);
    auto const& over = node(parent.jump);
    bool const even = parent.depth - over.depth == over.depth - node(over.jump).depth;
    nodes_.push_back({kind, parent.depth + 1, *super, even ? over.jump : *super});
}

bool TypeRegistry::matches(TypeId sub, TypeId super) const
{
    auto const depth = node(super).depth;
    while (node(sub).depth > depth)
        sub = node(node(sub).jump).depth >= depth ? node(sub).jump : node(sub).super;
    return sub == super;
}

std::optional<TypeId> TypeRegistry::super(TypeId t) const
{
    auto const up = node(t).super;
    return up == t ? std::nullopt : std::optional{up};
}

} // namespace touchstone
