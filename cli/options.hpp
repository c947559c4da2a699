#pragma once
// The options of a subcommand, stated where they are used:
//
//     std::vector<std::string> files;
//     bool quiet = false;
//     Options options{args, io};
//     options.positionals("FILE", files, "modules, binary or text").flag("--quiet", quiet, "only
//     the exit code"); if (auto const stop = options.parse())
//         return *stop;

#include "cli/command.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace touchstone::cli {

/// Collects options, then parses. Every subcommand gets `--help` and `--color` besides its own.
class Options
{
public:
    /// `io` is changed by `--color` and by `json`, and outlives this.
    Options(Args args, Io& io);
    ~Options();
    Options(Options const&) = delete;
    Options& operator=(Options const&) = delete;

    /// Operands, in order. Required unless the target is an optional or `at_least` is 0.
    Options& positional(std::string const& name, std::string& into, std::string const& what);
    Options& positional(
        std::string const& name, std::optional<std::string>& into, std::string const& what);
    Options& positionals(std::string const& name, std::vector<std::string>& into,
        std::string const& what, int at_least = 1);

    /// `--name`: present or not.
    Options& flag(std::string const& name, bool& into, std::string const& what);

    /// `--name VALUE`, at most once. The target keeps its value if the option is absent. Numbers
    /// are decimal or 0x hexadecimal, and must fit.
    Options& value(std::string const& name, std::string& into, std::string const& what);
    Options& value(
        std::string const& name, std::optional<std::string>& into, std::string const& what);
    Options& value(std::string const& name, std::uint32_t& into, std::string const& what);
    Options& value(std::string const& name, std::uint64_t& into, std::string const& what);
    Options& value(
        std::string const& name, std::optional<std::uint64_t>& into, std::string const& what);
    Options& value(std::string const& name, double& into, std::string const& what);

    /// `--name a,b`; replaces what the target holds.
    Options& list(std::string const& name, std::vector<std::string>& into, std::string const& what);

    /// `--name WORD`, one of these.
    Options& choice(std::string const& name, std::string& into, std::vector<std::string> words,
        std::string const& what);

    /// `--name FILE|-`: where a result for programs goes; with `-` the report for people goes to
    /// standard error. Of several only one can be standard output.
    Options& result(std::string const& name, std::string& into, std::string const& what);
    Options& json(std::string& into);

    /// The exit code to end with at once: `--help` was asked for, or the usage is wrong (told on
    /// standard error).
    [[nodiscard]] std::optional<Exit> parse();

    /// Tells what is wrong with the usage, and how to get help.
    [[nodiscard]] Exit usage_error(std::string_view message) const;

private:
    struct Parser; // CLI11 stays in one translation unit
    Args args_;
    Io& io_;
    std::unique_ptr<Parser> parser_;
    std::string color_ = "auto";
    std::vector<std::string*> results_;
};

} // namespace touchstone::cli
