#include "generators/single.hpp"

#include "generators/generate.hpp"
#include "generators/operations.hpp"
#include "generators/single_text.hpp"

#include <algorithm>

namespace touchstone::generators {

namespace {

template <class Visit>
void each_row(FeatureSet features, Visit visit)
{
    for (auto const& row : op_table)
        if (auto const cases = single_cases_of(row); cases != 0 && features.has(row.since))
            visit(row, cases);
}

std::uint64_t count_in_table(FeatureSet features)
{
    std::uint64_t count = 0;
    each_row(features, [&count](OpInfo const&, std::uint32_t cases) { count += cases; });
    return count;
}

/// Case number `left` of the table's rows: one case of every row, then their second ones.
Case from_table(std::uint64_t left, FeatureSet features)
{
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
        if (is_vector(*found))
            return single_vector(op, round);
        if (accesses_memory(op))
            return single_access(op, round);
        return single_bulk(op, round);
    }
}

std::uint64_t count_written(FeatureSet features)
{
    std::uint64_t count = 0;
    for (auto const& t : trials(features))
        count += trial_cases(t);
    return count;
}

/// Case number `left` of those written as text: one case of every trial, then their second ones.
Case written(std::uint64_t left, FeatureSet features)
{
    for (std::uint32_t round = 0;; ++round)
        for (auto const& t : trials(features)) {
            if (trial_cases(t) <= round)
                continue;
            if (left-- == 0)
                return trial_case(t, round);
        }
}

} // namespace

std::uint32_t single_cases_of(OpInfo const& row)
{
    if (is_numeric(row))
        return single_numeric_cases(row);
    if (is_vector(row))
        return single_vector_cases(row);
    if (is_number_access(row) || is_vector_access(row))
        return single_access_cases;
    return single_bulk_cases(row);
}

std::uint64_t single_count(FeatureSet features)
{
    return count_in_table(features) + count_written(features);
}

Case single(std::uint64_t index, FeatureSet features)
{
    auto const of_table = count_in_table(features);
    auto const of_text = count_written(features);
    if (of_table + of_text == 0)
        return {};
    // in turn as long as there are both, so that a short campaign meets both
    auto const at = index % (of_table + of_text);
    auto const both = std::min(of_table, of_text);
    if (at >= 2 * both)
        return of_table > of_text ? from_table(at - both, features) : written(at - both, features);
    return at % 2 == 0 ? from_table(at / 2, features) : written(at / 2, features);
}

} // namespace touchstone::generators
