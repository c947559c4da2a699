// What proposals add to the binary format beside instructions, and that it is malformed without
// them.
#include "engine/binary/decode.hpp"
#include "engine/binary/encode.hpp"
#include "engine/syntax/profiles.hpp"
#include "tests/unit/engine/binary/bytes.hpp"

#include <gmock/gmock.h>

namespace touchstone {
namespace {

std::string refusal(Bytes const& bytes, FeatureSet features)
{
    auto const m = decode(bytes, features);
    return m ? std::string{} : m.error().message;
}

Bytes memory(Bytes const& type)
{
    return wasm(section(5, Bytes{1} + type));
}

TEST(SharedMemory, IsAFlagOfItsLimits)
{
    constexpr auto features = wasm3 | FeatureSet{Feature::Threads};
    auto const bytes = memory({3, 1, 2});
    auto const m = decode(bytes, features);
    ASSERT_TRUE(m);
    EXPECT_EQ(
        m->memories.at(0).type, (MemoryType{.limits = {.min = 1, .max = 2}, .is_shared = true}));
    EXPECT_EQ(encode(*m), bytes);
    EXPECT_EQ(refusal(bytes, wasm3), "malformed limits flags");
    EXPECT_EQ(refusal(memory({8, 1, 0}), features), "malformed limits flags");
    EXPECT_EQ(refusal(wasm(section(4, {1, 0x70, 3, 1, 2})), features), "malformed limits flags")
        << "of a table";
}

TEST(PageSize, StandsBehindTheLimits)
{
    constexpr auto features = wasm3 | FeatureSet{Feature::CustomPageSizes};
    auto const bytes = memory({9, 1, 2, 0});
    auto const m = decode(bytes, features);
    ASSERT_TRUE(m);
    EXPECT_EQ(m->memories.at(0).type.page_bytes(), 1U);
    EXPECT_EQ(encode(*m), bytes);
    EXPECT_EQ(decode(memory({8, 1, 63}), features)->memories.at(0).type.page_log2, 63U);
    EXPECT_EQ(refusal(memory({8, 1, 64}), features), "invalid custom page size");
    EXPECT_EQ(refusal(bytes, wasm3), "malformed limits flags");
    EXPECT_EQ(encode(*decode(memory({8, 1, 16}), features)), memory({0, 1}))
        << "the usual size is not written";
}

class CompactImports : public testing::Test
{
protected:
    static constexpr auto features = wasm3 | FeatureSet{Feature::CompactImportSection};

    static std::vector<std::string> names(Module const& m)
    {
        std::vector<std::string> all;
        for (auto const& i : m.imports)
            all.push_back(i.module + '.' + i.name);
        return all;
    }
};

TEST_F(CompactImports, HaveATypeEach)
{
    auto const bytes = wasm(one_type + section(2, Bytes{2, 1, 'm', 0, 0x7F, 2, 1, 'a', 0, 0, 1, 'b',
                                                      3, 0x7F, 0, 1, 'n', 0, 0, 0}));
    auto const m = decode(bytes, features);
    ASSERT_TRUE(m) << m.error().message;
    EXPECT_THAT(names(*m), testing::ElementsAre("m.a", "m.b", "n."));
    EXPECT_EQ(m->imports[1].type.kind, ExternKind::Global);
    EXPECT_EQ(decode(encode(*m)), *m) << "written without groups, for everybody";
    EXPECT_EQ(refusal(bytes, wasm3), "malformed import kind");
}

TEST_F(CompactImports, HaveOneTypeForAll)
{
    auto const bytes = wasm(one_type + section(2, Bytes{2, 1, 'm', 0, 0x7E, 0, 0, 2, 1, 'a', 1, 'b',
                                                      1, 'x', 0, 0x7E, 0, 0, 0}));
    auto const m = decode(bytes, features);
    ASSERT_TRUE(m) << m.error().message;
    EXPECT_THAT(names(*m), testing::ElementsAre("m.a", "m.b"));
    EXPECT_EQ(m->imports[1].type, m->imports[0].type);
}

TEST_F(CompactImports, AreToldByAnEmptyName)
{
    EXPECT_EQ(refusal(wasm(one_type + section(2, {1, 1, 'm', 1, 'b', 0x7F, 0})), features),
        "malformed import kind");
    EXPECT_EQ(refusal(wasm(one_type + section(2, {1, 1, 'm', 0, 0xFF, 0x80, 0})), features),
        "malformed import kind");
}

// try, catch, catch_all, delegate
TEST(LegacyTry, HasItsPartsInOrder)
{
    constexpr auto features = wasm3 | FeatureSet{Feature::LegacyExceptions};
    auto const with = [&](Bytes const& body) { return refusal(with_code(body), features); };
    EXPECT_EQ(with({0x06, 0x40, 0x07, 0, 0x07, 0, 0x19, 0x0B}), "");
    EXPECT_EQ(with({0x06, 0x40, 0x18, 0}), "");
    constexpr auto misplaced = "END opcode expected";
    EXPECT_EQ(with({0x07, 0}), misplaced);
    EXPECT_EQ(with({0x02, 0x40, 0x07, 0, 0x0B}), misplaced);
    EXPECT_EQ(with({0x06, 0x40, 0x19, 0x07, 0, 0x0B}), misplaced) << "catch behind catch_all";
    EXPECT_EQ(with({0x06, 0x40, 0x19, 0x19, 0x0B}), misplaced);
    EXPECT_EQ(with({0x06, 0x40, 0x07, 0, 0x18, 0}), misplaced) << "delegate behind catch";
    EXPECT_EQ(with({0x06, 0x40, 0x05, 0x0B}), misplaced) << "else";
}

} // namespace
} // namespace touchstone
