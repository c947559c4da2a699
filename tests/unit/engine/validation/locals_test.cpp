#include "engine/validation/locals.hpp"

#include "tests/unit/engine/validation/from_text.hpp"

#include <array>
#include <limits>

namespace touchstone {
namespace {

auto const some_ref = ValType::ref(false, AbsHeapType::Func);

TEST(LocalSpace, FindsParametersSpelledAndGrouped)
{
    constexpr auto params = std::to_array({i32, f32});
    auto const groups =
        std::to_array<Locals>({{3, i64}, {0, v128}, {4'000'000'000, f64}, {1, some_ref}});
    LocalSpace locals;
    locals.enter(params, groups, 4);
    EXPECT_EQ(locals.type(0), i32);
    EXPECT_EQ(locals.type(1), f32);
    EXPECT_EQ(locals.type(2), i64);
    EXPECT_EQ(locals.type(4), i64);
    EXPECT_EQ(locals.type(5), f64);
    EXPECT_EQ(locals.type(6), f64);
    EXPECT_EQ(locals.type(4'000'000'004), f64);
    EXPECT_EQ(locals.type(4'000'000'005), some_ref);
    EXPECT_THROW(static_cast<void>(locals.type(4'000'000'006)), Violation);
    EXPECT_THROW(static_cast<void>(locals.type(std::numeric_limits<Index>::max())), Violation);
}

TEST(LocalSpace, ForgetsWhatABlockSet)
{
    LocalSpace locals;
    auto const groups = std::to_array<Locals>({{2, some_ref}});
    locals.enter({}, groups, 8);
    EXPECT_FALSE(locals.is_set(0, some_ref));
    locals.set(0, some_ref);
    auto const height = locals.height();
    locals.set(1, some_ref);
    locals.set(0, some_ref);
    EXPECT_TRUE(locals.is_set(1, some_ref));
    locals.leave(height);
    EXPECT_TRUE(locals.is_set(0, some_ref));
    EXPECT_FALSE(locals.is_set(1, some_ref));
}

TEST(Locals, WithoutDefaultMustBeSet)
{
    std::string const head =
        "(elem declare func $f) (func $f (param (ref func)) (local (ref func) i32) ";
    EXPECT_THAT(head + "local.get 0 drop local.get 2 drop)", IsValid());
    EXPECT_THAT(head + "local.get 1 drop)", IsInvalid("uninitialized local"));
    EXPECT_THAT(head + "ref.func $f local.set 1 local.get 1 drop)", IsValid());
    EXPECT_THAT(head + "ref.func $f local.tee 1 drop block local.get 1 drop end)", IsValid());
    EXPECT_THAT(head + "block ref.func $f local.set 1 end local.get 1 drop)",
        IsInvalid("uninitialized local"));
    EXPECT_THAT(head + "i32.const 1 if ref.func $f local.set 1 else local.get 1 drop end)",
        IsInvalid("uninitialized local"));
    EXPECT_THAT(head + "local.get 3 drop)", IsInvalid("unknown local"));
    EXPECT_THAT(head + "i64.const 1 local.set 2)", IsInvalid("type mismatch"));
}

} // namespace
} // namespace touchstone
