// Each kind of malformed module, with the message that the official suite expects and the place.
#include "engine/binary/decode.hpp"
#include "tests/unit/engine/binary/bytes.hpp"

#include <gtest/gtest.h>

namespace touchstone {
namespace {

struct Malformed
{
    char const* name;
    Bytes bytes;
    char const* message;
};

void PrintTo(Malformed const& m, std::ostream* out)
{
    *out << m.name;
}

class DecodeRefuses : public testing::TestWithParam<Malformed>
{};

TEST_P(DecodeRefuses, WithTheExpectedMessage)
{
    auto const m = decode(GetParam().bytes);
    ASSERT_FALSE(m.has_value());
    EXPECT_EQ(m.error().kind, Error::Kind::Malformed);
    EXPECT_EQ(m.error().message.substr(0, std::string_view{GetParam().message}.size()),
        GetParam().message);
    EXPECT_LE(m.error().offset, GetParam().bytes.size());
}

Bytes const empty_body{1, 2, 0, 0x0B};

INSTANTIATE_TEST_SUITE_P(Modules, DecodeRefuses,
    testing::Values(Malformed{"Nothing", {}, "unexpected end"},
        Malformed{"HalfAMagic", {0, 'a', 's'}, "unexpected end"},
        Malformed{"Magic", {1, 'a', 's', 'm', 1, 0, 0, 0}, "magic header not detected"},
        Malformed{"Version", {0, 'a', 's', 'm', 2, 0, 0, 0}, "unknown binary version"},
        Malformed{"SectionId", wasm(section(14, {0})), "malformed section id"},
        Malformed{"SectionIdHigh", wasm(section(0x80, {0})), "malformed section id"},
        Malformed{"SectionLength", wasm({1, 9, 0}), "length out of bounds"},
        Malformed{"SectionTooLong", wasm(section(1, {0, 0})), "section size mismatch"},
        Malformed{"SectionTwice", wasm(section(1, {0}) + section(1, {0})),
            "unexpected content after last section"},
        Malformed{"TagAfterGlobal", wasm(section(6, {0}) + section(13, {0})),
            "unexpected content after last section"},
        Malformed{"MemoryAfterTag", wasm(section(13, {0}) + section(5, {0})),
            "unexpected content after last section"},
        Malformed{"CustomWithoutName", wasm({0, 0}), "unexpected end"},
        Malformed{
            "CustomNameTooLong", wasm(section(0, {2, 'a'}) + section(1, {0})), "unexpected end"},
        Malformed{"CustomNameEncoding", wasm(section(0, {1, 0xFF})), "malformed UTF-8 encoding"},
        Malformed{"TypeForm", wasm(section(1, {1, 0x61})), "malformed definition type"},
        Malformed{"TypeCount", wasm(section(1, {2, 0x60, 0, 0})), "unexpected end"},
        Malformed{"StorageType", wasm(section(1, {1, 0x5E, 0x79, 0})), "malformed storage type"},
        Malformed{"FieldMutability", wasm(section(1, {1, 0x5E, 0x78, 2})), "malformed mutability"},
        Malformed{"ValueType", wasm(section(1, {1, 0x60, 1, 0x7A, 0})), "malformed reference type"},
        Malformed{"ValueTypeLong", wasm(section(1, {1, 0x60, 1, 0xFF, 0x7F, 0})),
            "integer representation too long"},
        Malformed{"HeapType", wasm(section(1, {1, 0x60, 1, 0x63, 0x40, 0})), "malformed heap type"},
        Malformed{"HeapTypeLong", wasm(section(1, {1, 0x60, 1, 0x63, 0xF0, 0x7F, 0})),
            "integer representation too long"},
        Malformed{"HeapTypeIndex",
            wasm(section(1, {1, 0x60, 1, 0x63, 0x80, 0x80, 0x80, 0x80, 0x08, 0})),
            "malformed type index"},
        Malformed{"ImportKind", wasm(section(2, {1, 0, 0, 5})), "malformed import kind"},
        Malformed{
            "ImportName", wasm(section(2, {1, 1, 0x80, 0, 0, 0})), "malformed UTF-8 encoding"},
        Malformed{"TagAttribute", wasm(section(13, {1, 1, 0})), "zero byte expected"},
        Malformed{"TableType", wasm(section(4, {1, 0x7F, 0, 0})), "malformed reference type"},
        Malformed{
            "TableInitZero", wasm(section(4, {1, 0x40, 1, 0x70, 0, 0})), "zero byte expected"},
        Malformed{"GlobalMutability", wasm(section(6, {1, 0x7F, 2, 0x41, 0, 0x0B})),
            "malformed mutability"},
        Malformed{"ExportKind", wasm(section(7, {1, 0, 5, 0})), "malformed export kind"},
        Malformed{"ElemFlags", wasm(section(9, {1, 8})), "malformed elements segment kind"},
        Malformed{"ElemKind", wasm(section(9, {1, 1, 1, 0})), "malformed element kind"},
        Malformed{"ElemType", wasm(section(9, {1, 5, 0x7F, 0})), "malformed reference type"},
        Malformed{"DataFlags", wasm(section(11, {1, 3})), "malformed data segment kind"},
        Malformed{"DataCount", wasm(section(12, {1}) + section(11, {0})),
            "data count and data section have inconsistent lengths"},
        Malformed{"DataCountAlone", wasm(section(12, {1})),
            "data count and data section have inconsistent lengths"},
        Malformed{"CodeWithoutFunctions", wasm(section(10, empty_body)),
            "function and code section have inconsistent lengths"},
        Malformed{"FunctionsWithoutCode", wasm(one_function),
            "function and code section have inconsistent lengths"},
        Malformed{"BodyTooLong", wasm(one_function + section(10, {1, 3, 0, 0x0B, 0x0B})),
            "section size mismatch"},
        Malformed{"TooManyLocals",
            wasm(one_function +
                 section(10, {1, 10, 2, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 0x7F, 1, 0x7F, 0x0B})),
            "too many locals"}));

INSTANTIATE_TEST_SUITE_P(Limits, DecodeRefuses,
    testing::Values(Malformed{"Shared", wasm(section(5, {1, 2, 0})), "malformed limits flags"},
        Malformed{"SharedMax", wasm(section(5, {1, 3, 0, 0})), "malformed limits flags"},
        Malformed{"Shared64", wasm(section(5, {1, 6, 0})), "malformed limits flags"},
        Malformed{"SharedMax64", wasm(section(5, {1, 7, 0, 0})), "malformed limits flags"},
        Malformed{"PageSize", wasm(section(5, {1, 8, 0, 0})), "malformed limits flags"},
        Malformed{"Long", wasm(section(5, {1, 0x81, 0, 0})), "malformed limits flags"},
        Malformed{"Table", wasm(section(4, {1, 0x70, 2, 0})), "malformed limits flags"}));

INSTANTIATE_TEST_SUITE_P(Code, DecodeRefuses,
    testing::Values(Malformed{"Opcode", with_code({0xFF}), "illegal opcode ff"},
        Malformed{"LegacyTry", with_code({0x06, 0x40}), "illegal opcode 06"},
        Malformed{"PrefixedOpcode", with_code({0xFC, 0x20}), "illegal opcode fc 20"},
        Malformed{"PrefixedOpcodeHuge", with_code({0xFD, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F}),
            "illegal opcode fd ffffffff"},
        Malformed{"GapInPrefixed", with_code({0xFD, 0x9A, 0x01}), "illegal opcode fd 9a"},
        Malformed{"NoEnd", wasm(one_function + section(10, {1, 2, 0, 1})), "unexpected end"},
        Malformed{"BlockWithoutEnd", with_code({0x02, 0x40}), "unexpected end"},
        Malformed{"ElseAlone", with_code({0x05}), "END opcode expected"},
        Malformed{"ElseInBlock", with_code({0x02, 0x40, 0x05, 0x0B}), "END opcode expected"},
        Malformed{"ElseTwice", with_code({0x04, 0x40, 0x05, 0x05, 0x0B}), "END opcode expected"},
        Malformed{"BlockType", with_code({0x02, 0x7A, 0x0B}), "malformed reference type"},
        Malformed{"BlockTypeLong", with_code({0x02, 0xC0, 0x7F, 0x0B}),
            "integer representation too long"},
        Malformed{"CatchKind", with_code({0x1F, 0x40, 1, 4, 0, 0x0B}), "malformed catch clause"},
        Malformed{
            "CastFlags", with_code({0xFB, 24, 4, 0, 0x70, 0x70}), "malformed br_on_cast flags"},
        Malformed{"MemoryFlags", with_code({0x28, 0x80, 0x01, 0}), "malformed memop flags"},
        Malformed{"I32Const", with_code({0x41, 0x80, 0x80, 0x80, 0x80, 0x70}), "integer too large"},
        Malformed{"BrTableCount", with_code({0x0E, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F}),
            "length out of bounds"},
        Malformed{"MemoryInit", with_code({0xFC, 8, 0, 0}), "data count section required"},
        Malformed{"DataDrop", with_code({0xFC, 9, 0}), "data count section required"},
        Malformed{"ArrayNewData", with_code({0xFB, 9, 0, 0}), "data count section required"},
        Malformed{"ArrayInitData", with_code({0xFB, 18, 0, 0}), "data count section required"}));

TEST(DecodeError, NamesPlaceAndFunction)
{
    auto const imports = section(2, {1, 1, 'm', 1, 'f', 0, 0});
    auto const bytes = wasm(one_type + imports + section(3, {2, 0, 0}) +
                            section(10, {2, 2, 0, 0x0B, 3, 0, 0xFF, 0x0B}));
    auto const m = decode(bytes);
    ASSERT_FALSE(m.has_value());
    EXPECT_EQ(m.error().function, 2U); // behind an import and another function
    EXPECT_EQ(m.error().offset, bytes.size() - 2);
    EXPECT_EQ(decode(wasm({99})).error().function, std::nullopt);
    EXPECT_EQ(decode(wasm({99})).error().offset, 8U);
}

TEST(Decode, EveryPrefixOfAModuleIsRefusedOrAModule)
{
    auto const whole =
        wasm(one_function + section(5, {1, 1, 1, 2}) + section(7, {1, 1, 'f', 0, 0}) +
             section(10, {1, 8, 1, 1, 0x7E, 0x41, 0x80, 0x01, 0x1A, 0x0B}) +
             section(11, {1, 0, 0x41, 0, 0x0B, 1, 'x'}));
    ASSERT_TRUE(decode(whole).has_value());
    for (std::size_t n = 0; n < whole.size(); ++n) {
        auto const m = decode(std::span{whole}.first(n));
        if (!m) {
            EXPECT_LE(m.error().offset, n);
        }
    }
}

} // namespace
} // namespace touchstone
