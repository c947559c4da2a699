// The official suite: malformed binaries are refused in the expected words, and every other module
// survives encoding. ${TOUCHSTONE_TESTSUITE} names its folder.
#include "engine/binary/decode.hpp"
#include "engine/binary/encode.hpp"
#include "engine/text/script.hpp"

#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

namespace touchstone {
namespace {

namespace fs = std::filesystem;
using script::ScriptModule;

std::span<std::uint8_t const> bytes_of(std::string const& source)
{
    return {reinterpret_cast<std::uint8_t const*>(source.data()), source.size()};
}

/// A module of the suite, and where it stands.
struct Found
{
    std::string where;
    ScriptModule module;
    std::optional<std::string> malformed; ///< the message that is expected, if it is malformed
};

class BinarySuite : public testing::Test
{
protected:
    static void SetUpTestSuite()
    {
        auto const* const folder = std::getenv("TOUCHSTONE_TESTSUITE");
        if (folder == nullptr)
            return;
        std::set<fs::path> paths;
        for (auto const& entry : fs::directory_iterator{folder})
            if (entry.path().extension() == ".wast")
                paths.insert(entry.path());
        for (auto const& path : paths)
            read(path);
    }

    static void TearDownTestSuite() { modules.clear(); }

    void SetUp() override
    {
        if (modules.empty())
            GTEST_SKIP()
                << "SKIPPED AS A WHOLE: TOUCHSTONE_TESTSUITE does not name the official suite";
    }

    static std::vector<Found> modules;

private:
    static void read(fs::path const& path)
    {
        std::ifstream in{path, std::ios::binary};
        std::string const text{std::istreambuf_iterator<char>{in}, {}};
        auto script = parse_script(text);
        ASSERT_TRUE(script.has_value()) << path << ": " << describe(script.error());
        for (auto& command : script->commands) {
            auto const where = path.filename().string() + ':' + std::to_string(command.line);
            if (auto* const m = std::get_if<script::ModuleCommand>(&command.what)) {
                modules.push_back({where, std::move(m->module), std::nullopt});
            } else if (auto* const a = std::get_if<script::AssertCommand>(&command.what)) {
                auto* const m_asserted = std::get_if<ScriptModule>(&a->subject);
                if (m_asserted == nullptr)
                    continue;
                auto const is_malformed = a->kind == script::AssertKind::Malformed;
                modules.push_back({where, std::move(*m_asserted),
                    is_malformed ? std::optional{a->message} : std::nullopt});
            }
        }
    }
};

std::vector<Found> BinarySuite::modules;

TEST_F(BinarySuite, MalformedModulesAreRefusedInTheExpectedWords)
{
    std::size_t count = 0;
    for (auto const& found : modules) {
        if (found.module.form != ScriptModule::Form::Binary || !found.malformed)
            continue;
        ++count;
        auto const m = decode(bytes_of(found.module.source));
        ASSERT_FALSE(m.has_value()) << found.where << ": " << *found.malformed;
        EXPECT_THAT(m.error().message, testing::StartsWith(*found.malformed)) << found.where;
    }
    EXPECT_GE(count, 711U);
}

TEST_F(BinarySuite, BinaryModulesSurviveEncoding)
{
    std::size_t count = 0;
    for (auto const& found : modules) {
        if (found.module.form != ScriptModule::Form::Binary || found.malformed)
            continue;
        ++count;
        auto const m = decode(bytes_of(found.module.source));
        ASSERT_TRUE(m.has_value()) << found.where << ": " << describe(m.error());
        EXPECT_EQ(decode(encode(*m)), m) << found.where;
    }
    EXPECT_GE(count, 99U);
}

TEST_F(BinarySuite, TextModulesSurviveEncoding)
{
    std::size_t count = 0;
    for (auto const& found : modules) {
        if (found.module.form != ScriptModule::Form::Text)
            continue;
        ++count;
        auto const bytes = encode(found.module.module);
        auto m = decode(bytes);
        ASSERT_TRUE(m.has_value()) << found.where << ": " << describe(m.error());
        EXPECT_EQ(encode(*m), bytes) << found.where;
        m->names = found.module.module.names; // identifiers are text's alone
        EXPECT_EQ(*m, found.module.module) << found.where;
    }
    EXPECT_GE(count, 5000U);
}

} // namespace
} // namespace touchstone
