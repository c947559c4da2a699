// What goes over the wire comes back, and nothing that is cut off or spoiled does any harm.

#include "oracles/wire.hpp"

#include <gtest/gtest.h>

#include <array>

namespace touchstone {
namespace {

CallObservation full_step()
{
    CallObservation o;
    o.end = End::Trapped;
    o.traps = {Trap::Unreachable, Trap::CastFailure};
    o.limit = Limit::Heap;
    o.feature = Feature::RelaxedSimd;
    o.values = {
        Value::from_i32(1), Value::host_extern(4), {.kind = ValType::Kind::V128, .lo = 1, .hi = 2}};
    o.nan_choice = true;
    o.relaxed_choice = true;
    o.fuel = 12;
    o.place = Place{1, 2, 3};
    o.detail = "detail";
    InstanceState s;
    s.memories = {Extent{1, 2}, std::nullopt};
    s.tables = {std::nullopt, Extent{3, 4}};
    s.globals = {Value::from_f64(1.5), std::nullopt};
    s.elems_dropped = {true, false, true};
    o.store = StoreDigest{{s, std::nullopt}, Extent{5, 6}};
    return o;
}

void expect_equal(CallObservation const& a, CallObservation const& b)
{
    EXPECT_EQ(a.end, b.end);
    EXPECT_EQ(a.traps, b.traps);
    EXPECT_EQ(a.limit, b.limit);
    EXPECT_EQ(a.feature, b.feature);
    EXPECT_EQ(a.values, b.values);
    EXPECT_EQ(a.nan_choice, b.nan_choice);
    EXPECT_EQ(a.relaxed_choice, b.relaxed_choice);
    EXPECT_EQ(a.fuel, b.fuel);
    EXPECT_EQ(a.store, b.store);
    EXPECT_EQ(a.place, b.place);
    EXPECT_EQ(a.detail, b.detail);
}

TEST(Wire, ObservationsComeBack)
{
    std::array<std::uint8_t, 4'096> buffer{};
    wire::Writer w{buffer};
    wire::write(w, Observation{{full_step(), {}}, {full_step()}});
    ASSERT_TRUE(w.fits());
    wire::Reader r{std::span{buffer}.first(w.size())};
    auto const back = wire::read_observation(r);
    EXPECT_TRUE(r.ok());
    ASSERT_EQ(back.instantiations.size(), 2U);
    ASSERT_EQ(back.calls.size(), 1U);
    expect_equal(back.instantiations[0], full_step());
    expect_equal(back.instantiations[1], {});
    expect_equal(back.calls[0], full_step());
}

TEST(Wire, CasesAndLimitsComeBack)
{
    Case c;
    c.modules = {{"env", {0, 1, 2}}, {"", {}}, {"t", {'('}, Format::Text}};
    c.calls = {{1, "f", {Value::from_i64(~0ULL), Value::null_ref()}}, {0, "cut", {}}};
    std::array<std::uint8_t, 1'024> buffer{};
    wire::Writer w{buffer};
    wire::write(w, Limits::for_campaign());
    wire::write(w, Task{&c, 1});
    wire::Reader r{buffer};
    EXPECT_EQ(wire::read_limits(r), Limits::for_campaign());
    auto const back = wire::read_case(r);
    c.calls.pop_back();
    EXPECT_EQ(back, c);
    EXPECT_TRUE(r.ok());
}

TEST(Wire, WhatDoesNotFitIsNotWritten)
{
    std::array<std::uint8_t, 16> buffer{};
    wire::Writer w{buffer};
    w.u32(7);
    auto const before = w.size();
    w.text("much too long for what is left");
    EXPECT_FALSE(w.fits());
    w.rewind(before);
    EXPECT_TRUE(w.fits());
    w.u64(1);
    EXPECT_TRUE(w.fits());
    w.u64(2);
    EXPECT_FALSE(w.fits());
}

TEST(Wire, CutOffOrSpoiledBytesAreRefused)
{
    std::array<std::uint8_t, 4'096> buffer{};
    wire::Writer w{buffer};
    wire::write(w, Observation{{full_step()}, {full_step()}});
    for (std::size_t n = 0; n < w.size(); ++n) {
        wire::Reader r{std::span{buffer}.first(n)};
        static_cast<void>(wire::read_observation(r));
        EXPECT_FALSE(r.ok()) << n;
    }
    for (std::size_t n = 0; n < w.size(); ++n) {
        auto spoiled = buffer;
        spoiled[n] ^= 0xFF;
        wire::Reader r{std::span{spoiled}.first(w.size())};
        static_cast<void>(wire::read_observation(r)); // whatever it gives, it ends
    }
}

} // namespace
} // namespace touchstone
