// custom-page-sizes, exec/modules.html#grow-mem and exec/instructions.html#exec-memory.size

#include "tests/unit/engine/execution/every_engine.hpp"

namespace touchstone::tests {
namespace {

constexpr auto bytewise = R"(
    (memory (export "m") 3 70000 (pagesize 1))
    (func (export "size") (result i32) (memory.size))
    (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
    (func (export "load") (param i32) (result i32) (i32.load8_u (local.get 0)))
    (func (export "fill") (param i32) (memory.fill (i32.const 0) (i32.const 7) (local.get 0))))";

TEST(PageSize, OfOneByteBoundsEveryByte)
{
    Program const p{bytewise};
    EXPECT_THAT(p.call("load", 2), Returns(0));
    EXPECT_THAT(p.call("load", 3), Traps(Trap::OutOfBoundsMemoryAccess));
    EXPECT_THAT(p.call("grow", 2), Returns(3));
    EXPECT_THAT(p.call("size"), Returns(5));
    EXPECT_THAT(p.call("fill", 6), Traps(Trap::OutOfBoundsMemoryAccess));
    EXPECT_THAT(p.call("fill", 5), Returns());
    EXPECT_THAT(p.call("load", 4), Returns(7));
    EXPECT_THAT(p.call("grow", 69'995), Returns(5)) << "its maximum is in bytes, too";
    EXPECT_THAT(p.call("load", 5), Returns(0)) << "what is new is zero";
    EXPECT_THAT(p.call("grow", 1), Returns(-1));
}

TEST(PageSize, CountsAgainstTheLimitInBytes)
{
    auto limits = Limits::for_spec();
    limits.pages = 1;
    Program const p{bytewise, limits};
    EXPECT_THAT(p.call("grow", 65'534), Returns(-1));
    EXPECT_THAT(p.call("grow", 65'533), Returns(3));
}

TEST(PageSize, MustBeTheSameInAnImport)
{
    Program const p{bytewise};
    auto const memory = p.exported("m");
    Program const same{
        p.store(), "(import \"\" \"\" (memory 3 70000 (pagesize 1)))", std::span{&memory, 1}};
    EXPECT_TRUE(same.has_instance());
    Program const other{p.store(), "(import \"\" \"\" (memory 3 65536))", std::span{&memory, 1}};
    EXPECT_FALSE(other.has_instance());
}

} // namespace
} // namespace touchstone::tests
