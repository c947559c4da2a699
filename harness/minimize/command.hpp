#pragma once
// A program that decides what is interesting, for engines that have no adapter.

#include "harness/minimize/minimize.hpp"
#include "harness/minimize/process.hpp"

#include <expected>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace touchstone::minimize {

/// A command line as words: blanks separate, quotes and backslashes keep together as in a shell.
/// Nothing else is special: no shell sees it.
[[nodiscard]] std::expected<std::vector<std::string>, std::string> split_command(
    std::string_view text);

/// Runs the command for each case: exit status 0 is interesting. In its words `{}` stands for the
/// case's folder (case.json, 0.wasm, ...), `{wasm}` for the file of its last module, `{wat}` for
/// that as text, `{wast}` for a script that asserts what the reference does.
class CommandPredicate
{
public:
    /// Makes a folder for the cases. The error says why that cannot be.
    [[nodiscard]] static std::expected<std::unique_ptr<CommandPredicate>, std::string> make(
        std::vector<std::string> words, ProcessLimits limits);
    ~CommandPredicate();
    CommandPredicate(CommandPredicate const&) = delete;
    CommandPredicate& operator=(CommandPredicate const&) = delete;

    [[nodiscard]] Trial operator()(Case const& c);
    /// Why the command cannot be run any more; no case is interesting then.
    [[nodiscard]] std::optional<std::string> const& trouble() const { return trouble_; }

private:
    CommandPredicate(
        std::vector<std::string> words, ProcessLimits limits, std::filesystem::path folder);

    [[nodiscard]] std::expected<void, std::string> write(Case const& c) const;
    [[nodiscard]] std::vector<std::string> words_for(Case const& c) const;

    std::vector<std::string> words_;
    ProcessLimits limits_;
    std::filesystem::path folder_;
    std::optional<std::string> trouble_;
};

} // namespace touchstone::minimize
