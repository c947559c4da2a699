#pragma once
// What a subcommand is: a name, a text that documents it, and a function from arguments to an exit
// code.

#include <cstdio>
#include <span>
#include <string>
#include <string_view>

namespace touchstone::cli {

/// Exit codes of every subcommand.
enum class Exit : int
{
    Ok = 0,
    Finding = 1,       ///< a finding, or an unexpected failure of what is tested
    Usage = 2,         ///< wrong usage or bad input
    OracleMissing = 3, ///< an oracle is missing or unusable
    Internal = 4,
    NothingRan = 5,
    Interrupted = 130,
    Terminated = 143,
};

/// Where a subcommand writes. `out` is for people and becomes `err` when the JSON result goes to
/// standard output; `data` is standard output and takes nothing but results.
struct Io
{
    std::FILE* out = stdout;
    std::FILE* err = stderr;
    std::FILE* data = stdout;
    bool out_is_terminal = false;
    bool err_is_terminal = false;
    bool color = false; ///< write escape sequences to `out`
};

struct Command;

/// What follows the subcommand's name, and which subcommand it is.
struct Args
{
    Command const& command;
    std::span<std::string const> rest;
};

struct Command
{
    std::string_view name;
    std::string_view summary; ///< one line of `touchstone --help`
    std::string_view help;    ///< usage, examples and exit status; the options are added to it
    Exit (*run)(Args, Io);
};

} // namespace touchstone::cli
