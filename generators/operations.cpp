#include "generators/operations.hpp"

#include "generators/vectors.hpp"

namespace touchstone::generators {

namespace {

constexpr Groups compute_groups(OpInfo const& row)
{
    Groups g;
    auto const note = [&g](OpOperand o) {
        if (o == OpOperand::I64)
            g.add(Group::I64);
        else if (o == OpOperand::F32)
            g.add(Group::F32);
        else if (o == OpOperand::F64)
            g.add(Group::F64);
        else if (o == OpOperand::V128)
            g.add(Group::Simd);
    };
    for (auto const o : row.type.params())
        note(o);
    for (auto const o : row.type.results())
        note(o);
    if (row.since == Feature::RelaxedSimd)
        g.add(Group::RelaxedSimd);
    if (row.immediates == Immediates::Memarg || row.immediates == Immediates::MemargLane)
        g.add(Group::Memory);
    if (g.has(Group::Memory) || g.has(Group::Simd))
        return g;
    auto const v = verb(row);
    auto const is_one_of = [v](std::initializer_list<std::string_view> words) {
        return std::ranges::any_of(words, [v](auto const w) { return v.starts_with(w); });
    };
    if (hazard_of(row) == Hazard::Divide)
        g.add(Group::Divide);
    else if (hazard_of(row) == Hazard::Truncate)
        g.add(Group::Truncate);
    else if (v.starts_with("trunc_sat"))
        g.add(Group::Saturate);
    else if (is_one_of({"extend8", "extend16", "extend32"}))
        g.add(Group::SignExtend);
    else if (is_one_of({"convert_", "demote", "promote", "wrap", "extend_", "reinterpret"}))
        g.add(Group::Convert);
    else if (is_one_of({"clz", "ctz", "popcnt", "and", "or", "xor", "shl", "shr", "rot"}))
        g.add(Group::Bits);
    return g;
}

constexpr bool is_candidate(OpInfo const& row)
{
    return is_numeric(row) || is_number_access(row) || is_vector(row) || is_vector_access(row);
}

constexpr auto groups_by_row = [] consteval {
    std::array<Groups, op_table.size()> groups{};
    for (std::size_t i = 0; i < op_table.size(); ++i)
        if (is_candidate(op_table[i]))
            groups[i] = compute_groups(op_table[i]);
    return groups;
}();

constexpr std::size_t slot(OpOperand o)
{
    return static_cast<std::size_t>(o);
}

/// The rows that a palette is made of, found once by the compiler.
constexpr auto candidate_count = std::ranges::count_if(op_table, is_candidate);

constexpr auto candidates = [] consteval {
    std::array<Opcode, static_cast<std::size_t>(candidate_count)> rows{};
    std::size_t n = 0;
    for (std::size_t i = 0; i < op_table.size(); ++i)
        if (is_candidate(op_table[i]))
            rows[n++] = static_cast<Opcode>(i);
    return rows;
}();

constexpr auto comparison_by_row = [] consteval {
    std::array<bool, op_table.size()> is{};
    for (std::size_t i = 0; i < op_table.size(); ++i)
        is[i] = is_comparison(op_table[i]);
    return is;
}();

} // namespace

Groups groups_of(OpInfo const& row)
{
    return groups_by_row[static_cast<std::size_t>(opcode_of(row))];
}

Palette palette_of(Groups groups, FeatureSet features)
{
    Palette p;
    for (auto const op : candidates) {
        auto const& row = info(op);
        if (!features.has(row.since) || !groups.contains(groups_of(row)))
            continue;
        auto const& type = row.type;
        if (accesses_memory(op) && type.results().empty())
            p.stores[slot(type.params()[1])].push_back(op);
        else if (accesses_memory(op))
            p.loads[slot(type.results()[0])].push_back(op);
        else if (comparison_by_row[static_cast<std::size_t>(op)])
            p.comparisons.push_back(op);
        else
            p.numeric[slot(type.results()[0])].push_back(op);
    }
    return p;
}

} // namespace touchstone::generators
