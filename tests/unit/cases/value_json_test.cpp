#include "cases/value_json.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <stdexcept>

namespace touchstone {
namespace {

TEST(ValueJson, IsHexadecimalBits)
{
    EXPECT_EQ(value_to_json(Value::from_i32(7)).dump(), R"({"type":"i32","bits":"0x00000007"})");
    EXPECT_EQ(
        value_to_json(Value::from_i64(7)).dump(), R"({"type":"i64","bits":"0x0000000000000007"})");
    EXPECT_EQ(
        value_to_json(Value::from_f32(-0.0F)).dump(), R"({"type":"f32","bits":"0x80000000"})");
    EXPECT_EQ(value_to_json(Value{.kind = ValType::Kind::V128, .lo = 1, .hi = 2}).dump(),
        R"({"type":"v128","bits":"0x00000000000000020000000000000001"})");
    EXPECT_EQ(value_to_json(Value::null_ref()).dump(), R"({"type":"ref","ref":"null"})");
    EXPECT_EQ(value_to_json(Value::host_extern(255)).dump(),
        R"({"type":"ref","ref":"extern","bits":"0xff"})");
}

TEST(ValueJson, ShortBitsAreEnough)
{
    EXPECT_EQ(value_from_json({{"type", "v128"}, {"bits", "0x5"}}),
        (Value{.kind = ValType::Kind::V128, .lo = 5}));
    EXPECT_EQ(value_from_json({{"type", "v128"}, {"bits", "0x20000000000000001"}}),
        (Value{.kind = ValType::Kind::V128, .lo = 1, .hi = 2}));
    EXPECT_EQ(value_from_json({{"type", "i32"}, {"bits", "0xFf"}}), Value::from_i32(255));
}

TEST(ValueJson, AddressesAreRefused)
{
    for (auto const kind : {RefKind::Func, RefKind::Struct, RefKind::Array, RefKind::Exn})
        EXPECT_THROW((void)value_to_json(Value::reference(kind, 0)), std::invalid_argument);
    EXPECT_THROW((void)value_to_json(Value{.kind = ValType::Kind::Bot}), std::invalid_argument);
}

} // namespace
} // namespace touchstone
