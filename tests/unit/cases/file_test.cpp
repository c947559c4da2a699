// Cases on disk: what is written is read back, and nothing that is read can do harm.
#include "cases/file.hpp"

#include "tests/unit/cases/temporary_folder.hpp"

#include <gmock/gmock.h>

namespace touchstone {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

Case example()
{
    Case c{.origin = "smith/1 seed 7 index 12"};
    c.modules = {{"env", {0, 'a', 's', 'm', 1, 0, 0, 0}}, {"m\n\"\u00e9", {1, 2, 0xFF}}, {"", {}}};
    c.calls = {{0, "f", {}},
        {2, std::string{"\0quote\"\\", 8},
            {Value::from_i32(0xFFFF'FFFF), Value::from_i64(1ULL << 63),
                Value{.kind = ValType::Kind::F32, .lo = 0x7FC0'0001},
                Value{.kind = ValType::Kind::F64, .lo = 0xFFF0'0000'0000'0001},
                Value{.kind = ValType::Kind::V128, .lo = 0x0123'4567'89AB'CDEF, .hi = 1},
                Value::null_ref(), Value::host_extern(9), Value::reference(RefKind::I31, 3)}}};
    return c;
}

TEST(CaseFile, WhatIsSavedIsLoaded)
{
    TemporaryFolder const folder;
    auto const target = folder.path() / "a" / "b";
    ASSERT_TRUE(save_case(example(), target).has_value());
    for (auto const& path : {target, target / "case.json"}) {
        auto const c = load_case(path);
        ASSERT_TRUE(c.has_value()) << c.error();
        EXPECT_EQ(*c, example());
    }
    EXPECT_EQ(load_case(target / ""), example());
}

TEST(CaseFile, AModuleInTextFormatStaysText)
{
    TemporaryFolder const folder;
    Case const c{.origin = "by hand",
        .modules = {{"env", {5}}, {"m", {'(', 'x'}, Format::Text}},
        .calls = {}};
    ASSERT_TRUE(save_case(c, folder.path()).has_value());
    EXPECT_EQ(folder.read("1.wat"), "(x");
    EXPECT_EQ(load_case(folder.path()), c);
}

TEST(CaseFile, SavingAgainReplacesAndLeavesNothingElse)
{
    TemporaryFolder const folder;
    ASSERT_TRUE(save_case(example(), folder.path()).has_value());
    Case const other{.origin = "other", .modules = {{"m", {5}}}};
    ASSERT_TRUE(save_case(other, folder.path()).has_value());
    EXPECT_EQ(load_case(folder.path()), other);
    for (auto const& entry : std::filesystem::directory_iterator{folder.path()})
        EXPECT_NE(entry.path().extension(), ".part");
}

TEST(CaseFile, IsReadableAndSaysItsSchema)
{
    TemporaryFolder const folder;
    Case const c{.origin = "by hand",
        .modules = {{"m", {5}}},
        .calls = {{0, "f", {Value{.kind = ValType::Kind::F32, .lo = 0x7FC0'0000}}}}};
    ASSERT_TRUE(save_case(c, folder.path()).has_value());
    auto const text = folder.read("case.json");
    EXPECT_THAT(text, StartsWith("{\n  \"schema\": \"touchstone.case/1\","));
    EXPECT_THAT(text, HasSubstr("\"bits\": \"0x7fc00000\""));
    EXPECT_EQ(folder.read("0.wasm"), "\x05");
}

TEST(CaseFile, WhatCannotBeSavedIsAnError)
{
    TemporaryFolder const folder;
    auto c = example();
    c.calls[0].args = {Value::reference(RefKind::Func, 1)};
    auto saved = save_case(c, folder.path() / "x");
    ASSERT_FALSE(saved.has_value());
    EXPECT_THAT(saved.error(), HasSubstr("outside of its store"));

    c = example();
    c.modules[0].name = "\xFF";
    EXPECT_FALSE(save_case(c, folder.path() / "x").has_value());

    auto const file = folder.write("file", "");
    saved = save_case(example(), file);
    ASSERT_FALSE(saved.has_value());
    EXPECT_THAT(saved.error(), StartsWith(file.string()));
}

TEST(CaseFile, ErrorsNameTheFile)
{
    TemporaryFolder const folder;
    EXPECT_THAT(
        load_case(folder.path()).error(), StartsWith((folder.path() / "case.json").string()));
    for (auto const* const name : {"none.wasm", "none.wat", "none.json"})
        EXPECT_THAT(load_case(folder.path() / name).error(),
            testing::AllOf(HasSubstr(name), HasSubstr("No such file")));
    EXPECT_THAT(load_case(folder.write("a.txt", "")).error(), HasSubstr("neither"));
    EXPECT_THAT(
        load_case(folder.write("a.wat", "(module\n  (frunc))")).error(), HasSubstr("a.wat:2:"));
    EXPECT_THAT(load_case(folder.write("a.json", "{\"schema\": ")).error(), HasSubstr("byte 12"));
}

TEST(CaseFile, GarbageIsRefusedWithAReason)
{
    TemporaryFolder const folder;
    auto const refused = [&](std::string const& json) {
        auto const c = load_case(folder.write("case.json", json));
        EXPECT_FALSE(c.has_value()) << json;
        return c ? std::string{} : c.error();
    };
    auto const whole = [](std::string const& modules, std::string const& calls) {
        return R"({"schema": "touchstone.case/1", "origin": "", "modules": )" + modules +
               R"(, "calls": )" + calls + "}";
    };
    auto const with_args = [&](std::string const& args) {
        return whole(R"([{"name": "m", "file": "0.wasm"}])",
            R"([{"module": 0, "function": "f", "args": )" + args + "}]");
    };
    folder.write("0.wasm", "");
    ASSERT_TRUE(load_case(folder.write("case.json", with_args("[]"))).has_value());

    EXPECT_THAT(refused(""), HasSubstr("not JSON"));
    EXPECT_THAT(refused("\xFF\xFE"), HasSubstr("not JSON"));
    EXPECT_THAT(refused("[]"), HasSubstr("no object"));
    EXPECT_THAT(refused("1e9999"), HasSubstr("case.json"));
    EXPECT_THAT(refused("{}"), HasSubstr("\"schema\" is missing"));
    EXPECT_THAT(refused(R"({"schema": "touchstone.case/2"})"), HasSubstr("touchstone.case/2"));
    EXPECT_THAT(refused(R"({"schema": 1})"), HasSubstr("wrong type"));
    EXPECT_THAT(refused(whole("{}", "[]")), HasSubstr("wrong type"));
    EXPECT_THAT(refused(whole("[1]", "[]")), HasSubstr("no object"));
    EXPECT_THAT(refused(whole("[]", "[1]")), HasSubstr("no object"));
    for (auto const* const name : {"", "..", "../x", "/etc/passwd", "a\\u0000b"})
        EXPECT_THAT(
            refused(whole(R"([{"name": "m", "file": ")" + std::string{name} + "\"}]", "[]")),
            HasSubstr("plain file name"));
    EXPECT_THAT(refused(whole(R"([{"name": "m", "file": "9.wasm"}])", "[]")), HasSubstr("9.wasm"));
    EXPECT_THAT(refused(whole("[]", R"([{"module": 0, "function": "f", "args": []}])")),
        HasSubstr("module 0"));
    EXPECT_THAT(refused(whole("[]", R"([{"module": -1, "function": "f", "args": []}])")),
        HasSubstr("wrong type"));
    for (auto const* const arg : {"1", "{}", R"({"type": "i33", "bits": "0x0"})",
             R"({"type": "i32"})", R"({"type": "i32", "bits": 1})",
             R"({"type": "i32", "bits": ""})", R"({"type": "i32", "bits": "0x"})",
             R"({"type": "i32", "bits": "12"})", R"({"type": "i32", "bits": "0xg"})",
             R"({"type": "i32", "bits": "0x-1"})", R"({"type": "i32", "bits": "0x100000000"})",
             R"({"type": "ref"})", R"({"type": "ref", "ref": "func", "bits": "0x0"})"})
        EXPECT_THAT(refused(with_args("[" + std::string{arg} + "]")), HasSubstr("case.json: "));
    refused(std::string(200'000, '[')); // neither deep nor unbounded
}

} // namespace
} // namespace touchstone
