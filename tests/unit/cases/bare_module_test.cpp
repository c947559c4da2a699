// A bare module becomes a case that calls each of its functions once.
#include "cases/bare_module.hpp"
#include "cases/file.hpp"

#include "tests/unit/cases/temporary_folder.hpp"

#include <gmock/gmock.h>

namespace touchstone {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Case load_text(std::string_view text)
{
    TemporaryFolder const folder;
    auto const c = load_case(folder.write("m.wat", text));
    EXPECT_TRUE(c.has_value()) << c.error();
    return c.value_or(Case{});
}

TEST(BareModule, CallsEachExportedFunctionWithZeros)
{
    auto const c = load_text(R"((module
        (type $t (func))
        (import "spectest" "print" (func $print (param i32)))
        (memory (export "memory") 1)
        (func (export "all") (param i32 i64 f32 f64 v128 funcref (ref null $t) (ref extern) (ref i31)))
        (func (export "none"))
        (func (export "impossible") (param (ref $t)))
        (export "print" (func $print))
        (export "again" (func $print))))");
    ASSERT_EQ(c.modules.size(), 1U);
    EXPECT_EQ(c.modules[0].name, "m");
    std::vector<std::string> names;
    for (auto const& call : c.calls)
        names.push_back(call.function);
    EXPECT_THAT(names, ElementsAre("all", "none", "print", "again"));
    EXPECT_THAT(c.calls[0].args,
        ElementsAre(Value::from_i32(0), Value::from_i64(0), Value::from_f32(0), Value::from_f64(0),
            Value{.kind = ValType::Kind::V128}, Value::null_ref(), Value::null_ref(),
            Value::host_extern(0), Value::reference(RefKind::I31, 0)));
    EXPECT_THAT(c.calls[1].args, IsEmpty());
    EXPECT_THAT(c.calls[2].args, ElementsAre(Value::from_i32(0)));
}

TEST(BareModule, BytesThatAreNoModuleAreACaseToo)
{
    TemporaryFolder const folder;
    auto const path = folder.write("bad.wasm", "not a module");
    auto const c = load_case(path);
    ASSERT_TRUE(c.has_value());
    EXPECT_EQ(c->origin, path.string());
    EXPECT_EQ(c->modules.at(0).bytes.size(), 12U);
    EXPECT_THAT(c->calls, IsEmpty());
}

TEST(BareModule, ExportsOfWhatIsNotThereAreNotCalled)
{
    // (export "f" (func 9)) and a function whose type is not there
    std::vector<std::uint8_t> const bytes{0, 'a', 's', 'm', 1, 0, 0, 0, 3, 2, 1, 7, 7, 9, 2, 1, 'f',
        0, 9, 1, 'g', 0, 0, 10, 4, 1, 2, 0, 0x0B};
    EXPECT_THAT(case_of_module(bytes, "").calls, IsEmpty());
}

} // namespace
} // namespace touchstone
