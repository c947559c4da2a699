// Every module of the official suite that is valid validates; every module that an assert_invalid
// names is refused as invalid, with the expected message at the front of ours.

#include "engine/binary/decode.hpp"
#include "engine/text/parse.hpp"
#include "engine/text/script.hpp"
#include "engine/validation/validate.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

namespace touchstone {
namespace {

namespace fs = std::filesystem;
using script::AssertKind;
using script::ScriptModule;

std::expected<Module, Error> module_of(ScriptModule const& m)
{
    switch (m.form) {
    case ScriptModule::Form::Text: return m.module;
    case ScriptModule::Form::Quote: return parse_module(m.source);
    case ScriptModule::Form::Binary: break;
    }
    std::vector<std::uint8_t> const bytes(m.source.begin(), m.source.end());
    return decode(bytes);
}

struct Counts
{
    std::size_t files = 0;
    std::size_t valid = 0;
    std::size_t invalid = 0;
    std::size_t instantiable = 0; ///< of assert_unlinkable and the like: they validate, too
};

class Suite
{
public:
    void file(fs::path const& path)
    {
        std::ifstream in{path, std::ios::binary};
        std::string const text{std::istreambuf_iterator<char>{in}, {}};
        auto const script = parse_script(text);
        ASSERT_TRUE(script) << path << ": " << describe(script.error());
        ++counts.files;
        for (auto const& c : script->commands)
            command(path.filename().string() + ':' + std::to_string(c.line), c);
    }

    Counts counts;

private:
    void command(std::string const& place, script::Command const& c)
    {
        if (auto const* const m = std::get_if<script::ModuleCommand>(&c.what)) {
            ++counts.valid;
            accepts(place, m->module);
        }
        auto const* const a = std::get_if<script::AssertCommand>(&c.what);
        if (a == nullptr)
            return;
        auto const* const m = std::get_if<ScriptModule>(&a->subject);
        if (m == nullptr)
            return;
        if (a->kind == AssertKind::Invalid) {
            ++counts.invalid;
            refuses(place, *m, a->message);
        } else if (a->kind == AssertKind::Unlinkable || a->kind == AssertKind::Trap) {
            ++counts.instantiable;
            accepts(place, *m);
        }
    }

    static void accepts(std::string const& place, ScriptModule const& m)
    {
        auto module = module_of(m);
        ASSERT_TRUE(module) << place << ": " << describe(module.error());
        auto const v = validate(std::move(*module));
        EXPECT_TRUE(v) << place << ": " << describe(v.error());
    }

    static void refuses(
        std::string const& place, ScriptModule const& m, std::string const& expected)
    {
        auto module = module_of(m);
        ASSERT_TRUE(module) << place << ": " << describe(module.error());
        auto const v = validate(std::move(*module));
        ASSERT_FALSE(v) << place << ": valid, expected: " << expected;
        EXPECT_EQ(v.error().kind, Error::Kind::Invalid) << place << ": " << describe(v.error());
        EXPECT_TRUE(v.error().message.starts_with(expected))
            << place << ": " << describe(v.error()) << ", expected: " << expected;
        EXPECT_FALSE(v.error().rule.empty()) << place << ": " << describe(v.error());
    }
};

TEST(OfficialSuite, ModulesAreValidOrInvalidAsItSays)
{
    char const* const folder = std::getenv("TOUCHSTONE_TESTSUITE");
    if (folder == nullptr)
        GTEST_SKIP() << "TOUCHSTONE_TESTSUITE does not name the official suite's folder";
    std::vector<fs::path> paths;
    for (auto const& entry : fs::directory_iterator{folder})
        if (entry.path().extension() == ".wast")
            paths.push_back(entry.path());
    std::ranges::sort(paths);
    ASSERT_FALSE(paths.empty()) << folder;
    Suite suite;
    for (auto const& path : paths)
        suite.file(path);
    auto const& n = suite.counts;
    std::cout << n.files << " files: " << n.valid << " modules and " << n.instantiable
              << " more that fail later, " << n.invalid << " invalid ones\n";
    EXPECT_GT(n.valid, 0U);
    EXPECT_GT(n.invalid, 0U);
}

} // namespace
} // namespace touchstone
