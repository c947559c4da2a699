// The worker protocol's texts of values, and its base64.

#include "oracles/base64.hpp"
#include "oracles/observation.hpp"
#include "oracles/worker_values.hpp"

#include <gmock/gmock.h>

#include <array>
#include <string>

namespace touchstone {
namespace {

std::optional<Value> read(std::string_view text)
{
    bool is_unknown = false;
    auto const v = worker_value(text, is_unknown);
    EXPECT_FALSE(is_unknown) << text;
    return v;
}

TEST(WorkerValues, WhatIsWrittenIsRead)
{
    for (auto const& v : std::to_array<Value>({
             Value::from_i32(0xFFFF'FFFE),
             Value::from_i64(0xFEDC'BA98'7654'3210),
             {.kind = ValType::Kind::F32, .lo = 0x7FA0'0001},
             {.kind = ValType::Kind::F64, .lo = 0x7FF4'0000'0000'0001},
             {.kind = ValType::Kind::V128, .lo = 1, .hi = 0xFF00'0000'0000'0000},
             Value::null_ref(),
             Value::host_extern(42),
             Value::reference(RefKind::Host, 7),
             Value::reference(RefKind::I31, 0x7FFF'FFFF),
             Value::reference(RefKind::I31, 3, true),
         }))
        EXPECT_EQ(read(worker_text(v)), v) << worker_text(v);
}

TEST(WorkerValues, ShortVectorsAreZeroExtended)
{
    EXPECT_EQ(
        read("v128:10000000000000002"), (Value{.kind = ValType::Kind::V128, .lo = 2, .hi = 1}));
    EXPECT_EQ(read("v128:5"), (Value{.kind = ValType::Kind::V128, .lo = 5}));
}

TEST(WorkerValues, FunctionsHaveAnIdentity)
{
    EXPECT_EQ(read("func:1:1f"), Value::reference(RefKind::Func, function_identity(1, 31)));
}

TEST(WorkerValues, WhatTheEngineCannotTellIsUnknown)
{
    for (auto const* const text : {"unknown", "func:unknown"}) {
        bool is_unknown = false;
        EXPECT_TRUE(worker_value(text, is_unknown).has_value()) << text;
        EXPECT_TRUE(is_unknown) << text;
    }
}

TEST(WorkerValues, NonsenseIsNoValue)
{
    for (auto const* const text : {"", "i32", "i32:", "i32:123456789", "i32:g", "i32:-1", "i32:0x1",
             "func:1", "func:", "func:1:", "struct", "v128:100000000000000000000000000000000",
             "f16:0", "extern-null", "extern-"})
        EXPECT_FALSE(read(text).has_value()) << text;
}

TEST(Base64, WhatIsWrittenIsRead)
{
    std::vector<std::uint8_t> bytes;
    for (unsigned i = 0; i < 300; ++i) {
        EXPECT_EQ(from_base64(to_base64(bytes)), bytes);
        bytes.push_back(static_cast<std::uint8_t>(i * 37));
    }
    std::string const text{"Many hands"};
    EXPECT_EQ(to_base64(std::vector<std::uint8_t>(text.begin(), text.end())), "TWFueSBoYW5kcw==");
}

TEST(Base64, NonsenseIsRefused)
{
    for (auto const* const text : {"A", "AAAAA", "A*==", "=AAA"})
        EXPECT_FALSE(from_base64(text).has_value()) << text;
}

} // namespace
} // namespace touchstone
