#include "engine/reference/collect.hpp"

namespace touchstone::reference {

namespace {

class Marker
{
public:
    explicit Marker(Instances const& s) : s_{s}, marks_{s.heap.no_marks()} {}

    void root(Val v)
    {
        auto const r = to_ref(v);
        if (s_.heap.mark(marks_, r))
            waiting_.push_back(r);
    }
    void roots(std::span<Val const> vs)
    {
        for (auto const& v : vs)
            root(v);
    }
    /// What is reachable from the roots, without recursion.
    [[nodiscard]] Heap::Marks const& finish()
    {
        while (!waiting_.empty()) {
            auto const r = waiting_.back();
            waiting_.pop_back();
            fields(r);
        }
        return marks_;
    }

private:
    void fields(Ref r)
    {
        auto const& o = s_.heap.at(r.kind, r.payload);
        auto const type =
            r.kind == RefKind::Exn ? s_.tags[o.type].type : static_cast<DefType>(o.type);
        auto const& layout = s_.types.layout(type);
        if (r.kind == RefKind::Array) {
            auto const& element = layout.places.front();
            for (std::uint64_t k = 0; element.storage.unpacked.is_ref() && k < o.length; ++k)
                root(load_field(o.bytes.get() + k * layout.size, element.storage));
            return;
        }
        for (auto const& place : layout.places)
            if (place.storage.unpacked.is_ref())
                root(load_field(o.bytes.get() + place.offset, place.storage));
    }

    Instances const& s_;
    Heap::Marks marks_;
    std::vector<Ref> waiting_;
};

} // namespace

void collect(Instances& s, std::span<Val const> stack)
{
    Marker marker{s};
    marker.roots(stack);
    for (auto const& global : s.globals)
        if (global.type.value.is_ref())
            marker.root(global.value);
    for (auto const& table : s.tables)
        marker.roots(table.refs);
    for (auto const& module : s.modules)
        for (auto const& elem : module.elems)
            marker.roots(elem.refs);
    std::vector<DefType> tags;
    for (auto const& tag : s.tags)
        tags.push_back(tag.type);
    s.heap.sweep(marker.finish(), s.types, tags);
}

} // namespace touchstone::reference
