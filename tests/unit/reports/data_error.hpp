#pragma once
// One place of a sound result, what is put there, and the data error that must come of it.

#include "tests/unit/reports/results.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ostream>
#include <string>

namespace touchstone::reports {

struct Break
{
    std::string place; ///< JSON pointer
    std::string value; ///< JSON; empty: the place is removed
    std::string where;
    std::string what;

    friend void PrintTo(Break const& b, std::ostream* out)
    {
        *out << b.place << " = " << (b.value.empty() ? "(removed)" : b.value);
    }
};

[[nodiscard]] inline nlohmann::ordered_json broken(nlohmann::ordered_json result, Break const& b)
{
    auto const place = nlohmann::ordered_json::json_pointer{b.place};
    if (!b.value.empty())
        result[place] = nlohmann::ordered_json::parse(b.value);
    else if (auto& parent = result[place.parent_pointer()]; parent.is_array())
        parent.erase(std::stoul(place.back()));
    else
        parent.erase(place.back());
    return result;
}

/// The problem that the break must show, among others that follow from it.
inline void expect_problem(Problems const& problems, Break const& b)
{
    using testing::AllOf;
    using testing::Field;
    using testing::HasSubstr;
    EXPECT_THAT(problems, testing::Contains(AllOf(Field(&Problem::where, HasSubstr(b.where)),
                              Field(&Problem::what, HasSubstr(b.what)))));
}

} // namespace touchstone::reports
