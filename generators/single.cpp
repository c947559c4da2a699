#include "generators/single.hpp"

#include "generators/generate.hpp"
#include "generators/operations.hpp"

namespace touchstone::generators {

namespace {

template <class Visit>
void each_row(FeatureSet features, Visit visit)
{
    for (auto const& row : op_table)
        if (auto const cases = single_cases_of(row); cases != 0 && features.has(row.since))
            visit(row, cases);
}

} // namespace

std::uint32_t single_cases_of(OpInfo const& row)
{
    if (is_numeric(row))
        return single_numeric_cases(row);
    if (is_number_access(row))
        return single_access_cases;
    return single_bulk_cases(row);
}

std::uint64_t single_count(FeatureSet features)
{
    std::uint64_t count = 0;
    each_row(features, [&count](OpInfo const&, std::uint32_t cases) { count += cases; });
    return count;
}

Case single(std::uint64_t index, FeatureSet features)
{
    auto const count = single_count(features);
    if (count == 0)
        return {};
    auto left = index % count;
    for (std::uint32_t round = 0;; ++round) {
        OpInfo const* found = nullptr;
        each_row(features, [&](OpInfo const& row, std::uint32_t cases) {
            if (found != nullptr || cases <= round)
                return;
            if (left == 0)
                found = &row;
            else
                --left;
        });
        if (found == nullptr)
            continue;
        auto const op = opcode_of(*found);
        if (is_numeric(*found))
            return single_numeric(op, round);
        if (is_number_access(*found))
            return single_access(op, round);
        return single_bulk(op, round);
    }
}

} // namespace touchstone::generators
