#include "harness/minimize/command.hpp"

#include "cases/bytes_on_disk.hpp"
#include "cases/file.hpp"
#include "engine/binary/decode.hpp"
#include "engine/text/print.hpp"
#include "harness/campaign/finding.hpp"
#include "oracles/in_process.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace touchstone::minimize {

namespace fs = std::filesystem;

namespace {

/// Reads words; one is open from its first letter or quote to the next blank.
class Splitter
{
public:
    std::expected<std::vector<std::string>, std::string> split(std::string_view text)
    {
        for (char const c : text)
            take(c);
        if (quote_ != 0)
            return std::unexpected{fmt::format("a {} is not closed", quote_)};
        if (escaped_)
            return std::unexpected{"nothing follows the last backslash"};
        end_word();
        if (words_.empty())
            return std::unexpected{"the command is empty"};
        return std::move(words_);
    }

private:
    void take(char c)
    {
        if (escaped_) {
            word_ += c;
            escaped_ = false;
        } else if (c == '\\' && quote_ != '\'') {
            escaped_ = true;
            open_ = true;
        } else if (quote_ != 0) {
            if (c == quote_)
                quote_ = 0;
            else
                word_ += c;
        } else if (c == '\'' || c == '"') {
            quote_ = c;
            open_ = true;
        } else if (std::isspace(static_cast<unsigned char>(c)) != 0) {
            end_word();
        } else {
            word_ += c;
            open_ = true;
        }
    }

    void end_word()
    {
        if (open_)
            words_.push_back(std::move(word_));
        word_.clear();
        open_ = false;
    }

    std::vector<std::string> words_;
    std::string word_;
    bool open_ = false;
    bool escaped_ = false;
    char quote_ = 0;
};

void replace_all(std::string& text, std::string_view what, std::string_view with)
{
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
        text.replace(at, what.size(), with);
}

bool mentions(std::vector<std::string> const& words, std::string_view what)
{
    return std::ranges::any_of(
        words, [what](std::string const& w) { return w.find(what) != std::string::npos; });
}

std::span<std::uint8_t const> bytes_of(std::string const& text)
{
    return {reinterpret_cast<std::uint8_t const*>(text.data()), text.size()};
}

std::string script(Case const& c)
{
    auto const seen = observe_reference(prepare(c), c.calls.size(), Limits::for_campaign());
    return campaign::script_of(c, seen);
}

std::string last_as_text(Case const& c)
{
    if (c.modules.empty())
        return {};
    auto const m = decode(c.modules.back().bytes);
    return m ? print(*m) : std::string{};
}

} // namespace

std::expected<std::vector<std::string>, std::string> split_command(std::string_view text)
{
    return Splitter{}.split(text);
}

std::expected<std::unique_ptr<CommandPredicate>, std::string> CommandPredicate::make(
    std::vector<std::string> words, ProcessLimits limits)
{
    std::error_code error;
    auto const where = fs::temp_directory_path(error);
    auto name = ((error ? fs::path{"/tmp"} : where) / "touchstone-minimize-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr)
        return std::unexpected{fmt::format("cannot make {}: {}", name, std::strerror(errno))};
    return std::unique_ptr<CommandPredicate>{
        new CommandPredicate{std::move(words), limits, std::move(name)}};
}

CommandPredicate::CommandPredicate(
    std::vector<std::string> words, ProcessLimits limits, fs::path folder)
    : words_{std::move(words)}, limits_{limits}, folder_{std::move(folder)}
{}

CommandPredicate::~CommandPredicate()
{
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
}

Trial CommandPredicate::operator()(Case const& c)
{
    if (trouble_)
        return Trial::Not;
    if (auto const written = write(c); !written) {
        trouble_ = written.error();
        return Trial::Not;
    }
    auto const status = run_process(words_for(c), limits_);
    if (!status)
        trouble_ = status.error();
    return status && *status == 0 ? Trial::Interesting : Trial::Not;
}

/// Nothing of the case before stays.
std::expected<void, std::string> CommandPredicate::write(Case const& c) const
{
    std::error_code error;
    auto const folder = folder_ / "case";
    fs::remove_all(folder, error);
    if (error)
        return std::unexpected{
            fmt::format("cannot remove {}: {}", folder.string(), error.message())};
    if (auto saved = save_case(c, folder); !saved)
        return saved;
    if (mentions(words_, "{wat}"))
        if (auto done = write_bytes(folder / "last.wat", bytes_of(last_as_text(c))); !done)
            return done;
    if (mentions(words_, "{wast}"))
        return write_bytes(folder / "test.wast", bytes_of(script(c)));
    return {};
}

std::vector<std::string> CommandPredicate::words_for(Case const& c) const
{
    auto const folder = folder_ / "case";
    auto const last = fmt::format("{}.wasm", c.modules.empty() ? 0 : c.modules.size() - 1);
    std::array<std::pair<std::string_view, std::string>, 4> const names{{
        {"{wasm}", (folder / last).string()},
        {"{wat}", (folder / "last.wat").string()},
        {"{wast}", (folder / "test.wast").string()},
        {"{}", folder.string()},
    }};
    auto words = words_;
    for (auto& w : words)
        for (auto const& [what, with] : names)
            replace_all(w, what, with);
    return words;
}

} // namespace touchstone::minimize
