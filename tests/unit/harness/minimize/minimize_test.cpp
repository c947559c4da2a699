#include "harness/minimize/minimize.hpp"

#include "generators/generate.hpp"
#include "harness/minimize/predicate.hpp"
#include "oracles/prepared.hpp"
#include "tests/unit/harness/campaign/case_of.hpp"
#include "tests/unit/harness/minimize/faulty_panel.hpp"

#include <gtest/gtest.h>

namespace touchstone::minimize {
namespace {

struct Finding
{
    Case what;
    campaign::Signature signature;
};

/// The first generated cases on which the panel diverges.
std::vector<Finding> findings(campaign::Panel const& panel, std::size_t wanted)
{
    auto const features = panel.members[0].info.features;
    std::vector<Finding> found;
    for (std::uint64_t index = 0; index < 20'000 && found.size() < wanted; ++index) {
        auto c = generators::generate(generators::Kind::Smith, 5, index, features);
        if (auto const s = signature_now(c, panel, Limits::for_campaign()))
            found.push_back({.what = std::move(c), .signature = *s});
    }
    return found;
}

Result minimized(Finding const& f, campaign::Panel const& panel)
{
    auto const result = minimize(f.what, same_signature(panel, f.signature, Limits::for_campaign()),
        {.seconds = 60}, [](Case const&) {});
    EXPECT_TRUE(result.has_value()) << result.error();
    return result.value_or(Result{});
}

/// At most this many instructions stay of any finding, and the signature is what it was.
void expect_small(Opcode right, Opcode wrong, std::size_t most)
{
    auto const panel = confused_panel(right, wrong);
    auto const found = findings(panel, 4);
    ASSERT_EQ(found.size(), 4U);
    for (auto const& f : found) {
        auto const r = minimized(f, panel);
        EXPECT_TRUE(r.complete);
        EXPECT_LE(instruction_count(r.best), most) << f.what.origin;
        EXPECT_EQ(signature_now(r.best, panel, Limits::for_campaign()), f.signature);
        for (auto const& m : r.best.modules)
            EXPECT_TRUE(prepare(m.bytes).has_value());
    }
}

TEST(Minimize, AWrongShift)
{
    expect_small(Opcode::I32Shl, Opcode::I32ShrU, 15);
}

TEST(Minimize, AWrongComparison)
{
    expect_small(Opcode::I32LtS, Opcode::I32LtU, 20);
}

TEST(Minimize, AWrongLoad)
{
    expect_small(Opcode::I32Load8S, Opcode::I32Load8U, 15);
}

} // namespace
} // namespace touchstone::minimize
