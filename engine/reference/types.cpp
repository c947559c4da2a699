#include "engine/reference/types.hpp"

#include <algorithm>
#include <utility>

namespace touchstone::reference {

namespace {

std::uint64_t pair_key(std::uint32_t a, std::uint32_t b)
{
    return std::uint64_t{a} << 32 | b;
}

std::uint64_t mixed(std::uint64_t fingerprint, std::uint64_t more)
{
    fingerprint = (fingerprint ^ more) * 0x9E37'79B9'7F4A'7C15;
    return fingerprint ^ fingerprint >> 29;
}

} // namespace

TableType inst_tabletype(std::span<DefType const> types, TableType tt)
{
    tt.element = inst_valtype(types, tt.element);
    return tt;
}

GlobalType inst_globaltype(std::span<DefType const> types, GlobalType gt)
{
    gt.value = inst_valtype(types, gt.value);
    return gt;
}

/// Writes a group's types into pieces, their type indices rolled up: those of the group count from
/// its start, the others are deftypes.
class TypeGraph::Writer
{
public:
    Writer(TypeGraph& graph, std::span<DefType const> types, std::size_t first)
        : graph_{graph}, types_{types}, first_{first}
    {}

    void sub_type(SubType const& t)
    {
        plain(t.is_final ? 1 : 0, static_cast<std::uint32_t>(t.supers.size()));
        for (auto const x : t.supers)
            type_use(x);
        plain(static_cast<std::uint8_t>(t.comp.kind), 0);
        result_type(t.comp.func.params);
        result_type(t.comp.func.results);
        plain(0, static_cast<std::uint32_t>(t.comp.fields.size()));
        for (auto const& f : t.comp.fields) {
            plain(static_cast<std::uint8_t>(f.storage.pack), f.is_mutable ? 1 : 0);
            val_type(f.storage.unpacked);
        }
    }

    [[nodiscard]] Group take() { return std::move(group_); }

private:
    void plain(std::uint8_t what, std::uint32_t value)
    {
        group_.pieces.push_back({Piece::Kind::Plain, what, value});
        note(pair_key(what, value));
    }
    void type_use(Index x)
    {
        if (x >= first_) {
            auto const position = static_cast<std::uint32_t>(x - first_);
            group_.pieces.push_back({Piece::Kind::Rec, 0, position});
            return note(pair_key(~0U, position));
        }
        auto const& node = graph_.node(types_[x]);
        group_.pieces.push_back({Piece::Kind::Def, 0, static_cast<std::uint32_t>(types_[x])});
        note(graph_.groups_[node.group].fingerprint);
        note(node.position);
    }
    void val_type(ValType t)
    {
        bool const concrete = t.is_ref() && !t.heap.is_abstract();
        plain(static_cast<std::uint8_t>(t.kind),
            (t.nullable ? 1U : 0U) | (concrete ? 0U : t.heap.bits() << 1));
        if (concrete)
            type_use(t.heap.index());
    }
    void result_type(ResultType const& ts)
    {
        plain(0, static_cast<std::uint32_t>(ts.size()));
        for (auto const& t : ts)
            val_type(t);
    }
    void note(std::uint64_t more) { group_.fingerprint = mixed(group_.fingerprint, more); }

    TypeGraph& graph_;
    std::span<DefType const> types_;
    std::size_t first_;
    Group group_;
};

std::span<DefType const> TypeGraph::add(std::shared_ptr<ValidModule const> const& module)
{
    auto const [at, is_new] = modules_.try_emplace(module.get());
    auto& added = at->second;
    if (is_new) {
        added.module = module;
        auto const& m = module->module();
        added.types.reserve(m.types.size());
        for (auto const& g : m.rec_groups)
            add_group(std::span{m.types}.subspan(g.first, g.count), added.types);
    }
    return added.types;
}

DefType TypeGraph::add(FuncType type)
{
    SubType t;
    t.comp.func = std::move(type);
    std::vector<DefType> types;
    add_group({&t, 1}, types);
    return types.front();
}

void TypeGraph::add_group(std::span<SubType const> group, std::vector<DefType>& types)
{
    auto const first = types.size();
    Writer writer{*this, types, first};
    for (auto const& t : group)
        writer.sub_type(t);
    for (Index k = 0; k < group.size(); ++k)
        types.push_back(static_cast<DefType>(nodes_.size() + k));
    for (Index k = 0; k < group.size(); ++k)
        add_node(group[k], types, k);
    auto& added = groups_.emplace_back(writer.take());
    added.root = static_cast<Index>(groups_.size() - 1);
}

void TypeGraph::add_node(SubType const& type, std::span<DefType const> types, Index position)
{
    auto const self = static_cast<DefType>(nodes_.size());
    auto& added = nodes_.emplace_back();
    added.comp = type.comp;
    for (auto& t : added.comp.func.params)
        t = inst_valtype(types, t);
    for (auto& t : added.comp.func.results)
        t = inst_valtype(types, t);
    for (auto& f : added.comp.fields)
        f.storage.unpacked = inst_valtype(types, f.storage.unpacked);
    added.layout = layout_of(added.comp);
    added.group = static_cast<Index>(groups_.size());
    added.position = position;
    added.super = type.supers.empty() ? self : types[type.supers.front()];
    added.depth = added.super == self ? 0 : node(added.super).depth + 1;
}

Index TypeGraph::root(Index group) const
{
    while (groups_[group].root != group) {
        auto& up = groups_[group].root;
        up = groups_[up].root;
        group = up;
    }
    return group;
}

bool TypeGraph::known_to_differ(Index a, Index b) const
{
    return groups_[a].fingerprint != groups_[b].fingerprint ||
           different_.contains(pair_key(std::min(a, b), std::max(a, b)));
}

/// Goes through both groups side by side. A pair of deftypes in other groups is put off until those
/// are known; references lead to earlier groups only, so that this comes to an end.
bool TypeGraph::same_groups(Index a, Index b) const
{
    struct Pair
    {
        Index a, b;
        std::size_t at = 0;
    };
    std::vector<Pair> open;
    /// True if there is more to find out first.
    auto const put_off = [&](Index x, Index y, bool& differ) {
        x = root(x);
        y = root(y);
        if (x == y)
            return false;
        differ = known_to_differ(x, y);
        if (!differ) {
            ++comparisons_;
            open.push_back({x, y});
        }
        return !differ;
    };
    bool differ = false;
    (void)put_off(a, b, differ);
    while (!open.empty() && !differ) {
        auto& pair = open.back();
        auto const& p = groups_[pair.a].pieces;
        auto const& q = groups_[pair.b].pieces;
        differ = p.size() != q.size();
        bool waits = false;
        while (!differ && !waits && pair.at < p.size()) {
            auto const& x = p[pair.at];
            auto const& y = q[pair.at];
            if (x != y) {
                differ = x.kind != Piece::Kind::Def || y.kind != Piece::Kind::Def ||
                         nodes_[x.value].position != nodes_[y.value].position;
                waits = !differ && put_off(nodes_[x.value].group, nodes_[y.value].group, differ);
            }
            if (!waits) // else `pair` may have moved
                ++pair.at;
        }
        if (!differ && !waits) {
            groups_[std::max(pair.a, pair.b)].root = std::min(pair.a, pair.b);
            open.pop_back();
        }
    }
    for (auto const& pair : open)
        different_.insert(pair_key(std::min(pair.a, pair.b), std::max(pair.a, pair.b)));
    return !differ;
}

bool TypeGraph::same(DefType dt1, DefType dt2) const
{
    if (dt1 == dt2)
        return true;
    auto const& a = node(dt1);
    auto const& b = node(dt2);
    return a.position == b.position && same_groups(a.group, b.group);
}

/// Deftype_sub/refl, Deftype_sub/super — valid/matching.html#match-deftype
///   |- dt1 <: dt2    if clos(dt1) = clos(dt2)
///   |- dt1 <: dt2    if unrolldt(dt1) = SUB final? typeuse* ct  and  |- typeuse*[i] <: dt2
bool TypeGraph::matches(DefType dt1, DefType dt2) const
{
    if (dt1 == dt2)
        return true;
    auto const key = pair_key(static_cast<std::uint32_t>(dt1), static_cast<std::uint32_t>(dt2));
    if (auto const known = subtype_.find(key); known != subtype_.end())
        return known->second;
    auto const depth = node(dt2).depth;
    auto dt = dt1;
    while (node(dt).depth > depth) // a tree has as many supertypes above as its equals
        dt = node(dt).super;
    return subtype_[key] = same(dt, dt2);
}

} // namespace touchstone::reference
