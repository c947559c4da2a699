// exec/instructions.html#memory-instructions

#include "tests/unit/engine/execution/every_engine.hpp"

#include <string>

namespace touchstone::tests {
namespace {

/// "i32.load8_s", how many bytes it touches, and its type.
struct Access
{
    std::string text;
    std::uint32_t bytes;
    bool is_load;
    std::string type;
};

std::vector<Access> accesses()
{
    std::vector<Access> all;
    for (auto const& row : op_table) {
        if (row.immediates != Immediates::Memarg || row.since != Feature::Wasm1)
            continue;
        auto const is_load = !row.type.results().empty();
        all.push_back({std::string{row.text}, access_bits(opcode_of(row)) / 8, is_load,
            std::string{row.text.substr(0, 3)}});
    }
    return all;
}

class EveryAccess : public testing::TestWithParam<Access>
{
protected:
    /// Functions "used" and "dropped" of an address; memory $m is this module's `memory`-th.
    [[nodiscard]] static Program program(std::string const& offset, std::string const& memory)
    {
        auto const& a = GetParam();
        auto const access = a.text + ' ' + memory + ' ' + offset;
        auto const value = '(' + a.type + ".const 0)";
        auto const used = a.is_load ? " (result " + a.type + ") (" + access + " (local.get 0))"
                                    : " (" + access + " (local.get 0) " + value + ')';
        auto const dropped = a.is_load ? "(drop (" + access + " (local.get 0)))"
                                       : '(' + access + " (local.get 0) " + value + ')';
        return Program{"(memory $first 1) (memory $m 1) (func (export \"used\") (param i32)" +
                       used + ") (func (export \"dropped\") (param i32) " + dropped + ')'};
    }

    static void expect_bounds(Program const& p, std::uint32_t last)
    {
        for (auto const* const f : {"used", "dropped"}) {
            SCOPED_TRACE(f);
            EXPECT_EQ(p.call(f, last).end, Outcome::End::Returned);
            EXPECT_THAT(p.call(f, last + 1), Traps(Trap::OutOfBoundsMemoryAccess));
            EXPECT_THAT(p.call(f, 0xFFFF'FFFFU), Traps(Trap::OutOfBoundsMemoryAccess));
            EXPECT_THAT(p.call(f, 0x8000'0000U), Traps(Trap::OutOfBoundsMemoryAccess));
        }
    }
};

TEST_P(EveryAccess, StopsAtTheLastByte)
{
    expect_bounds(program("", ""), 65'536 - GetParam().bytes);
}

TEST_P(EveryAccess, CountsTheOffset)
{
    expect_bounds(program("offset=100", ""), 65'536 - GetParam().bytes - 100);
    auto const far = program("offset=4294967295", "");
    EXPECT_THAT(far.call("used", 0), Traps(Trap::OutOfBoundsMemoryAccess));
    EXPECT_THAT(far.call("dropped", 0xFFFF'FFFFU), Traps(Trap::OutOfBoundsMemoryAccess));
    EXPECT_THAT(far.call("used", 1), Traps(Trap::OutOfBoundsMemoryAccess)); // the sum does not wrap
}

TEST_P(EveryAccess, UsesTheMemoryItNames)
{
    expect_bounds(program("", "$m"), 65'536 - GetParam().bytes);
}

INSTANTIATE_TEST_SUITE_P(
    Memory, EveryAccess, testing::ValuesIn(accesses()), [](auto const& access) {
        auto name = access.param.text;
        std::ranges::replace(name, '.', '_');
        return name;
    });

TEST(Memory, ExtendsWhatItLoads)
{
    Program const p{R"((memory 1)
        (data (i32.const 8) "\81\82\83\84\85\86\87\88")
        (func (export "i32") (result i32 i32 i32 i32 i32)
            (i32.load8_s (i32.const 8)) (i32.load8_u (i32.const 8))
            (i32.load16_s (i32.const 8)) (i32.load16_u (i32.const 8)) (i32.load (i32.const 8)))
        (func (export "i64") (result i64 i64 i64 i64 i64 i64 i64)
            (i64.load8_s (i32.const 8)) (i64.load8_u (i32.const 8))
            (i64.load16_s (i32.const 8)) (i64.load16_u (i32.const 8))
            (i64.load32_s (i32.const 8)) (i64.load32_u (i32.const 8)) (i64.load (i32.const 8)))
        (func (export "floats") (result f32 f64)
            (f32.load (i32.const 8)) (f64.load (i32.const 8))))"};
    EXPECT_THAT(p.call("i32"), Returns(-127, 0x81, static_cast<std::int16_t>(0x8281), 0x8281,
                                   static_cast<std::int32_t>(0x8483'8281)));
    EXPECT_THAT(p.call("i64"),
        Returns(-127, 0x81, static_cast<std::int16_t>(0x8281), 0x8281,
            static_cast<std::int32_t>(0x8483'8281), 0x8483'8281, Bits{0x8887'8685'8483'8281}));
    EXPECT_THAT(p.call("floats"), Returns(Bits{0x8483'8281}, Bits{0x8887'8685'8483'8281}));
}

TEST(Memory, StoresTheLowBytesAndNoMore)
{
    Program const p{R"((memory (export "m") 1)
        (data (i32.const 0) "________________")
        (func (export "8") (param i64) (i64.store8 (i32.const 1) (local.get 0)))
        (func (export "16") (param i64) (i64.store16 (i32.const 1) (local.get 0)))
        (func (export "32") (param i64) (i64.store32 (i32.const 1) (local.get 0)))
        (func (export "64") (param i64) (i64.store (i32.const 1) (local.get 0))))"};
    auto const bytes = [&p](std::size_t n) {
        auto const all = p.store()->mem_read(static_cast<MemAddr>(p.exported("m").address));
        return std::string{all.begin(), all.begin() + static_cast<std::ptrdiff_t>(n)};
    };
    constexpr Bits abc{0x6867'6665'6463'6261};
    EXPECT_THAT(p.call("8", abc), Returns());
    EXPECT_EQ(bytes(12), "_a__________");
    EXPECT_THAT(p.call("16", abc), Returns());
    EXPECT_EQ(bytes(12), "_ab_________");
    EXPECT_THAT(p.call("32", abc), Returns());
    EXPECT_EQ(bytes(12), "_abcd_______");
    EXPECT_THAT(p.call("64", abc), Returns());
    EXPECT_EQ(bytes(12), "_abcdefgh___");
}

TEST(Memory, AStoreThatTrapsStoresNothing)
{
    Program const p{R"((memory 1)
        (func (export "store") (i64.store (i32.const 65529) (i64.const -1)))
        (func (export "load") (result i64) (i64.load (i32.const 65528))))"};
    EXPECT_THAT(p.call("store"), Traps(Trap::OutOfBoundsMemoryAccess));
    EXPECT_THAT(p.call("load"), Returns(0));
}

TEST(Memory, KeepsTheBitsOfANan)
{
    Program const p{R"((memory 1)
        (func (export "f") (param f32) (result f32)
            (f32.store (i32.const 3) (local.get 0)) (f32.load (i32.const 3))))"};
    EXPECT_THAT(p.call("f", Bits{0xFFA0'0001}), Returns(Bits{0xFFA0'0001}));
}

TEST(Memory, GrowsUpToItsMaximumWithZeros)
{
    Program const p{R"((memory 1 3)
        (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
        (func (export "size") (result i32) (memory.size))
        (func (export "load") (param i32) (result i32) (i32.load (local.get 0)))
        (func (export "store") (param i32) (i32.store (local.get 0) (i32.const 7))))"};
    EXPECT_THAT(p.call("store", 65'532), Returns());
    EXPECT_THAT(p.call("load", 65'536), Traps(Trap::OutOfBoundsMemoryAccess));
    EXPECT_THAT(p.call("grow", 1), Returns(1));
    EXPECT_THAT(p.call("load", 65'532), Returns(7));
    EXPECT_THAT(p.call("load", 131'068), Returns(0));
    EXPECT_THAT(p.call("grow", 2), Returns(-1));
    EXPECT_THAT(p.call("grow", -1), Returns(-1));
    EXPECT_THAT(p.call("size"), Returns(2));
    EXPECT_THAT(p.call("grow", 1), Returns(2));
    EXPECT_THAT(p.call("grow", 0), Returns(3));
    EXPECT_THAT(p.call("grow", 1), Returns(-1));
}

TEST(Memory, SeesGrowthInTheMiddleOfAFunctionAndAfterACall)
{
    Program const p{R"((memory 1)
        (func $grow (drop (memory.grow (i32.const 1))))
        (func (export "f") (result i32)
            (call $grow)
            (i32.store (i32.const 131068) (i32.const 5))
            (drop (memory.grow (i32.const 1)))
            (i32.store (i32.const 196604) (i32.const 6))
            (i32.add (i32.load (i32.const 131068)) (i32.load (i32.const 196604)))))"};
    EXPECT_THAT(p.call("f"), Returns(11));
}

TEST(Memory, CopiesOverlapping)
{
    Program const p{R"((memory 1) (data (i32.const 0) "abcdefgh")
        (func (export "copy") (param i32 i32 i32)
            (memory.copy (local.get 0) (local.get 1) (local.get 2)))
        (func (export "load") (param i32) (result i32) (i32.load (local.get 0))))"};
    EXPECT_THAT(p.call("copy", 2, 0, 6), Returns());
    EXPECT_THAT(p.call("load", 0), Returns(0x6261'6261));
    EXPECT_THAT(p.call("load", 4), Returns(0x6665'6463));
    EXPECT_THAT(p.call("copy", 0, 1, 7), Returns());
    EXPECT_THAT(p.call("load", 0), Returns(0x6362'6162));
    EXPECT_THAT(p.call("copy", 65'536, 0, 0), Returns());
    EXPECT_THAT(p.call("copy", 0, 65'536, 0), Returns());
    EXPECT_THAT(p.call("copy", 65'537, 0, 0), Traps(Trap::OutOfBoundsMemoryAccess));
    EXPECT_THAT(p.call("copy", 0, 65'537, 0), Traps(Trap::OutOfBoundsMemoryAccess));
    EXPECT_THAT(p.call("copy", 1, 0, -1), Traps(Trap::OutOfBoundsMemoryAccess));
    EXPECT_THAT(p.call("copy", 65'535, 0, 2), Traps(Trap::OutOfBoundsMemoryAccess));
}

TEST(Memory, FillsWithTheLowByte)
{
    Program const p{R"((memory 1)
        (func (export "fill") (param i32 i32 i32)
            (memory.fill (local.get 0) (local.get 1) (local.get 2)))
        (func (export "load") (param i32) (result i32) (i32.load (local.get 0))))"};
    EXPECT_THAT(p.call("fill", 1, 0x1FF, 2), Returns());
    EXPECT_THAT(p.call("load", 0), Returns(0x00FF'FF00));
    EXPECT_THAT(p.call("fill", 65'530, 1, 7), Traps(Trap::OutOfBoundsMemoryAccess));
    EXPECT_THAT(p.call("load", 65'530), Returns(0));
    EXPECT_THAT(p.call("fill", 65'536, 1, 0), Returns());
    EXPECT_THAT(p.call("fill", 65'537, 1, 0), Traps(Trap::OutOfBoundsMemoryAccess));
}

TEST(Memory, InitializesUntilTheSegmentIsDropped)
{
    Program const p{R"((memory 1) (data $d "abcd") (data $active (i32.const 0) "x")
        (func (export "init") (param i32 i32 i32)
            (memory.init $d (local.get 0) (local.get 1) (local.get 2)))
        (func (export "active") (param i32)
            (memory.init $active (i32.const 0) (i32.const 0) (local.get 0)))
        (func (export "drop") (data.drop $d))
        (func (export "load") (param i32) (result i32) (i32.load (local.get 0))))"};
    EXPECT_THAT(p.call("init", 8, 1, 3), Returns());
    EXPECT_THAT(p.call("load", 8), Returns(0x0064'6362));
    EXPECT_THAT(p.call("init", 8, 2, 3), Traps(Trap::OutOfBoundsMemoryAccess));
    EXPECT_THAT(p.call("init", 65'535, 0, 2), Traps(Trap::OutOfBoundsMemoryAccess));
    EXPECT_THAT(p.call("drop"), Returns());
    EXPECT_THAT(p.call("init", 8, 0, 1), Traps(Trap::OutOfBoundsMemoryAccess));
    EXPECT_THAT(p.call("init", 65'536, 0, 0), Returns());
    EXPECT_THAT(p.call("drop"), Returns());
    EXPECT_THAT(p.call("active", 0), Returns());
    EXPECT_THAT(p.call("active", 1), Traps(Trap::OutOfBoundsMemoryAccess));
}

TEST(Memory, SeveralAreApart)
{
    Program const p{R"((memory $a 1) (memory $b 2) (data $d "xyz")
        (func (export "f") (result i32 i32 i32 i32)
            (i32.store $a (i32.const 0) (i32.const 1))
            (i32.store $b (i32.const 0) (i32.const 2))
            (memory.copy $b $a (i32.const 100000) (i32.const 0) (i32.const 4))
            (memory.init $b $d (i32.const 8) (i32.const 0) (i32.const 3))
            (i32.load $a (i32.const 0)) (i32.load $b (i32.const 100000))
            (i32.load $b (i32.const 8)) (i32.load $a (i32.const 8)))
        (func (export "sizes") (result i32 i32 i32 i32)
            (memory.grow $b (i32.const 1)) (memory.size $a) (memory.size $b)
            (memory.grow $a (i32.const 0))))"};
    EXPECT_THAT(p.call("f"), Returns(1, 1, 0x007A'7978, 0));
    EXPECT_THAT(p.call("sizes"), Returns(2, 1, 3, 1));
}

TEST(Memory, TheEmbedderReadsWritesAndGrows)
{
    auto const store = make_store({.pages = 3});
    auto const m = store->mem_alloc({{AddrType::I32, 1, 9}});
    EXPECT_EQ(store->mem_size(m), 1U);
    EXPECT_TRUE(store->mem_grow(m, 2));
    EXPECT_FALSE(store->mem_grow(m, 1)) << "beyond the limit";
    EXPECT_EQ(store->mem_read(m).size(), 3 * page_size);
    std::uint8_t const bytes[] = {1, 2, 3};
    store->mem_write(m, 3 * page_size - 3, bytes);
    EXPECT_EQ(store->mem_read(m).back(), 3);
    EXPECT_EQ(store->mem_type(m), (MemoryType{{AddrType::I32, 3, 9}}));
}

} // namespace
} // namespace touchstone::tests
