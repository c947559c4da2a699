// The transforms preserve meaning: original and rewritten cases do the same on an engine, but for
// the bits of NaNs.

#include "engine/binary/decode.hpp"
#include "engine/binary/encode.hpp"
#include "engine/fast/store.hpp"
#include "generators/generate.hpp"
#include "generators/transform.hpp"
#include "tests/property/generators/measure.hpp"

#include <gmock/gmock.h>

namespace touchstone::generators {
namespace {

/// For the reference alone.
constexpr auto with_vectors = wasm2 | FeatureSet{Feature::RelaxedSimd};

constexpr auto features = [] {
    auto f = wasm2;
    f.remove(Feature::Simd);
    return f;
}();

using Transform = Module (*)(Module);

Case transformed(Case c, Transform transform)
{
    for (auto& m : c.modules)
        m.bytes = encode(transform(decode(m.bytes).value()));
    return c;
}

measure::Ran run(Case const& c)
{
    auto const store = reference::make_store(Limits::for_campaign());
    return measure::run(c, *store);
}

bool same(Outcome const& a, Outcome const& b)
{
    return a.end == b.end && a.trap == b.trap && a.values == b.values && a.fuel_used == b.fuel_used;
}

bool same(measure::Ran const& a, measure::Ran const& b)
{
    auto const same_outcome = [](Outcome const& x, Outcome const& y) { return same(x, y); };
    return std::ranges::equal(a.instantiations, b.instantiations, same_outcome) &&
           std::ranges::equal(a.calls, b.calls, same_outcome) && a.memories == b.memories &&
           a.globals == b.globals;
}

bool chose_a_nan(measure::Ran const& r)
{
    return std::ranges::any_of(r.calls, &Outcome::nan_choice) ||
           std::ranges::any_of(r.instantiations, &Outcome::nan_choice);
}

TEST(ExportEverything, ChangesNothingThatHappens)
{
    for (std::uint64_t i = 0; i < 500; ++i) {
        auto const c = generate(Kind::Mixed, 31, i, with_vectors);
        EXPECT_TRUE(same(run(c), run(transformed(c, export_everything)))) << c.origin;
    }
}

TEST(CanonicaliseNans, ChangesNothingButNans)
{
    std::size_t compared = 0;
    for (std::uint64_t i = 0; i < 1'500; ++i) {
        auto const c = generate(Kind::Mixed, 32, i, with_vectors);
        auto const before = run(c);
        auto const exhausted = std::ranges::any_of(
            before.calls, [](Outcome const& o) { return o.end == Outcome::End::Exhausted; });
        if (chose_a_nan(before) || exhausted)
            continue; // a NaN's bits may steer all that follows; two more locals count as stack
        ++compared;
        EXPECT_TRUE(same(before, run(transformed(c, canonicalise_nans)))) << c.origin;
    }
    EXPECT_GE(compared, 500U);
}

/// The reason for the transform: two engines with NaNs of their own now agree to the bit.
TEST(CanonicaliseNans, MakesEnginesAgreeOnNans)
{
    std::size_t with_nans = 0;
    for (std::uint64_t i = 0; i < 1'500; ++i) {
        auto const c = generate(Kind::Mixed, 33, i, features);
        if (!chose_a_nan(run(c)))
            continue;
        ++with_nans;
        auto const canonical = transformed(c, canonicalise_nans);
        auto const store = fast::make_store(Limits::for_campaign());
        EXPECT_TRUE(same(run(canonical), measure::run(canonical, *store))) << c.origin;
    }
    EXPECT_GE(with_nans, 200U);
}

} // namespace
} // namespace touchstone::generators
