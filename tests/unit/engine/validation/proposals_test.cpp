// What proposals add to validation.
#include "tests/unit/engine/validation/from_text.hpp"

namespace touchstone {
namespace {

TEST(ValidSharedMemory, HasAMaximum)
{
    EXPECT_THAT("(memory 1 1 shared)", IsValid());
    EXPECT_THAT("(memory 1 shared)", IsInvalid("shared memory must have maximum"));
    EXPECT_THAT(
        "(import \"\" \"\" (memory 1 shared))", IsInvalid("shared memory must have maximum"));
}

TEST(ValidPageSize, IsOneOfTwo)
{
    EXPECT_THAT("(memory 0xFFFF_FFFF (pagesize 1))", IsValid());
    EXPECT_THAT("(memory i64 0xFFFF_FFFF_FFFF_FFFF (pagesize 1))", IsValid());
    EXPECT_THAT("(memory 0x1_0000_0000 (pagesize 1))", IsInvalid("memory size must be at most"));
    EXPECT_THAT("(memory 65536 (pagesize 65536))", IsValid());
    EXPECT_THAT("(memory 65537 (pagesize 65536))", IsInvalid("memory size must be at most"));
    EXPECT_THAT("(memory 0 (pagesize 2))", IsInvalid("invalid custom page size"));
    EXPECT_THAT(
        "(memory 0 (pagesize 0x8000_0000_0000_0000))", IsInvalid("invalid custom page size"));
}

TEST(ValidAtomic, HasItsNaturalAlignment)
{
    EXPECT_THAT("(memory 1) (func (drop (i32.atomic.load16_u align=2 (i32.const 0))))", IsValid());
    EXPECT_THAT("(memory 1) (func (drop (i32.atomic.load16_u align=1 (i32.const 0))))",
        IsInvalid("atomic alignment must be natural"));
    EXPECT_THAT("(memory 1) (func (drop (i32.atomic.load16_u align=4 (i32.const 0))))",
        IsInvalid("atomic alignment must be natural"));
    EXPECT_THAT("(func (drop (memory.atomic.wait64 (i32.const 0) (i64.const 0) (i64.const 0))))",
        IsInvalid("unknown memory"));
    EXPECT_THAT("(func atomic.fence)", IsValid());
}

TEST(ValidWide, HasTwoResults)
{
    EXPECT_THAT(
        "(func (param i64 i64) (result i64 i64) (i64.mul_wide_u (local.get 0) (local.get 1)))",
        IsValid());
    EXPECT_THAT("(func (result i64 i64) unreachable i64.add128)", IsValid());
    EXPECT_THAT("(func (param i64) (result i64 i64) (i64.add128 (local.get 0) (local.get 0) "
                "(local.get 0)))",
        IsInvalid("type mismatch"));
    EXPECT_THAT("(func (param i64) (result i64) (i64.mul_wide_s (local.get 0) (local.get 0)))",
        IsInvalid("type mismatch"));
}

TEST(ValidLegacyTry, PartsStartWithWhatTheyCatch)
{
    constexpr auto tag = "(tag $t (param i32 i64)) (func (result i64) ";
    auto const body = [&](std::string const& text) { return tag + text + ')'; };
    EXPECT_THAT(body("(try (result i64) (do (i64.const 1)) (catch $t (drop)))"),
        IsInvalid("type mismatch"));
    EXPECT_THAT(body("(try (result i32 i64) (do (unreachable)) (catch $t)) (return)"), IsValid());
    EXPECT_THAT(body("(try (result i64) (do (i64.const 1)) (catch_all (drop) (i64.const 1)))"),
        IsInvalid("type mismatch"));
    EXPECT_THAT(
        body("(try (result i64) (do) (catch_all (i64.const 1)))"), IsInvalid("type mismatch"));
}

TEST(ValidRethrow, NamesACatch)
{
    EXPECT_THAT("(func (try (do) (catch_all (block (rethrow 1)))))", IsValid());
    EXPECT_THAT("(func (try (do (rethrow 0)) (catch_all)))", IsInvalid("invalid rethrow label"));
    EXPECT_THAT("(func (rethrow 1))", IsInvalid("unknown label"));
    EXPECT_THAT("(func (try (do) (delegate 1)))", IsInvalid("unknown label"));
    EXPECT_THAT("(func (try (do) (delegate 0)))", IsValid());
}

TEST(UsedFeatures, OfProposals)
{
    auto const uses = [](char const* text, Feature f) { return valid(text)->features().has(f); };
    EXPECT_TRUE(uses("(memory 1 1 shared)", Feature::Threads));
    EXPECT_TRUE(uses("(import \"\" \"\" (memory 1 1 shared))", Feature::Threads));
    EXPECT_TRUE(uses("(func atomic.fence)", Feature::Threads));
    EXPECT_TRUE(uses("(memory 1 (pagesize 1))", Feature::CustomPageSizes));
    EXPECT_FALSE(uses("(memory 1 (pagesize 65536))", Feature::CustomPageSizes));
    EXPECT_TRUE(uses("(func (try (do) (catch_all)))", Feature::LegacyExceptions));
}

} // namespace
} // namespace touchstone
