// The official suite: every script parses, quoted malformed modules are refused in the expected
// words, and every text module survives printing. ${TOUCHSTONE_TESTSUITE} names its folder.
#include "engine/binary/decode.hpp"
#include "engine/binary/encode.hpp"
#include "engine/text/parse.hpp"
#include "engine/text/print.hpp"
#include "engine/text/script.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

using namespace touchstone;
using namespace touchstone::script;
namespace fs = std::filesystem;

namespace {

struct File
{
    std::string name;
    std::string text;
};

class Suite : public testing::Test
{
protected:
    void SetUp() override
    {
        auto const* const folder = std::getenv("TOUCHSTONE_TESTSUITE");
        if (folder == nullptr)
            GTEST_SKIP()
                << "SKIPPED AS A WHOLE: TOUCHSTONE_TESTSUITE does not name the official suite";
        root = folder;
    }

    [[nodiscard]] std::vector<File> files(fs::path const& below = {}) const
    {
        std::set<fs::path> paths;
        for (auto const& entry : fs::directory_iterator{root / below})
            if (entry.path().extension() == ".wast")
                paths.insert(entry.path());
        std::vector<File> all;
        for (auto const& path : paths) {
            std::ifstream in{path, std::ios::binary};
            all.push_back(
                {path.filename().string(), std::string{std::istreambuf_iterator<char>{in}, {}}});
        }
        return all;
    }

    /// Calls `visit(file name, line, module, what is asserted of it if anything)` for all modules.
    template <class Visit>
    void modules(Visit visit) const
    {
        for (auto const& file : files()) {
            auto const script = parse_script(file.text);
            ASSERT_TRUE(script) << file.name << ": " << describe(script.error());
            for (auto const& command : script->commands) {
                if (auto const* const m = std::get_if<ModuleCommand>(&command.what))
                    visit(file.name, command.line, m->module, nullptr);
                if (auto const* const a = std::get_if<AssertCommand>(&command.what))
                    if (auto const* const m = std::get_if<ScriptModule>(&a->subject))
                        visit(file.name, command.line, *m, a);
            }
        }
    }

    fs::path root;
};

TEST_F(Suite, ScriptsParse)
{
    auto const all = files();
    EXPECT_GE(all.size(), 257U);
    for (auto const& file : all) {
        auto const script = parse_script(file.text);
        EXPECT_TRUE(script) << file.name << ": " << describe(script.error());
    }
    for (auto const& file : files("custom")) {
        auto const script = parse_script(file.text);
        EXPECT_TRUE(script) << file.name << ": " << describe(script.error());
    }
}

// try, catch, rethrow and delegate were never standard: the words are unknown to 3.0.
TEST_F(Suite, LegacyExceptionsAreRefused)
{
    for (auto const& file : files("legacy")) {
        auto const script = parse_script(file.text);
        ASSERT_FALSE(script) << file.name;
        EXPECT_EQ(script.error().message, "unknown operator try") << file.name;
    }
}

TEST_F(Suite, QuotedMalformedModulesAreRefusedInTheExpectedWords)
{
    std::size_t count = 0;
    modules([&](std::string const& name, std::uint32_t line, ScriptModule const& m,
                AssertCommand const* a) {
        if (m.form != ScriptModule::Form::Quote || a == nullptr || a->kind != AssertKind::Malformed)
            return;
        ++count;
        auto const parsed = parse_module(m.source);
        ASSERT_FALSE(parsed) << name << ":" << line << ": " << m.source;
        EXPECT_THAT(parsed.error().message, testing::StartsWith(a->message)) << name << ":" << line;
    });
    EXPECT_GE(count, 1229U);
}

TEST_F(Suite, OtherQuotedModulesParse)
{
    std::size_t count = 0;
    modules([&](std::string const& name, std::uint32_t line, ScriptModule const& m,
                AssertCommand const* a) {
        if (m.form != ScriptModule::Form::Quote ||
            (a != nullptr && a->kind == AssertKind::Malformed))
            return;
        ++count;
        auto const parsed = parse_module(m.source);
        EXPECT_TRUE(parsed) << name << ":" << line << ": " << parsed.error().message;
    });
    EXPECT_GE(count, 13U);
}

TEST_F(Suite, PrintedModulesParseToTheSame)
{
    std::size_t count = 0;
    modules([&](std::string const& name, std::uint32_t line, ScriptModule const& m,
                AssertCommand const*) {
        if (m.form != ScriptModule::Form::Text)
            return;
        ++count;
        auto const text = print(m.module);
        auto const again = parse_module(text);
        ASSERT_TRUE(again) << name << ":" << line << ": " << again.error().message << '\n' << text;
        EXPECT_EQ(*again, m.module) << name << ":" << line << '\n' << text;
        EXPECT_EQ(print(*again), text) << name << ":" << line;
    });
    EXPECT_GE(count, 5102U);
}

/// What text has no words for: custom sections and their names, groups of no locals, and a data
/// count that no instruction needs.
Module sayable(Module m)
{
    m.customs.clear();
    m.names = {};
    for (auto& f : m.funcs)
        std::erase_if(f.locals, [](Locals const& group) { return group.count == 0; });
    auto needs_count = [](Func const& f) {
        return std::ranges::any_of(f.body.instrs, [](Instr const& i) {
            auto const kind = info(i.op).immediates;
            return kind == Immediates::Data || kind == Immediates::DataMemory ||
                   kind == Immediates::TypeData;
        });
    };
    m.has_data_count = std::ranges::any_of(m.funcs, needs_count);
    return m;
}

TEST_F(Suite, DecodedModulesSurvivePrinting)
{
    std::size_t count = 0;
    modules([&](std::string const& name, std::uint32_t line, ScriptModule const& m,
                AssertCommand const*) {
        if (m.form == ScriptModule::Form::Quote)
            return;
        std::vector<std::uint8_t> const bytes =
            m.form == ScriptModule::Form::Text
                ? encode(m.module)
                : std::vector<std::uint8_t>{m.source.begin(), m.source.end()};
        auto const decoded = decode(bytes);
        if (!decoded) {
            EXPECT_NE(m.form, ScriptModule::Form::Text) << name << ":" << line;
            return;
        }
        ++count;
        auto const text = print(*decoded);
        auto const again = parse_module(text);
        ASSERT_TRUE(again) << name << ":" << line << ": " << again.error().message << '\n' << text;
        EXPECT_EQ(sayable(*again), sayable(*decoded)) << name << ":" << line << '\n' << text;
    });
    EXPECT_GE(count, 5201U);
}

} // namespace
