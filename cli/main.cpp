#include "cli/commands.hpp"
#include "harness/mutants/planted.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <exception>
#include <new>
#include <vector>

#include <unistd.h>

namespace touchstone::cli {

/// One row a subcommand, in the order of `touchstone --help`.
static constexpr auto commands = std::to_array<Command const*>({
    &spec_command,
    &fuzz_command,
    &repro_command,
    &minimize_command,
    &report_command,
    &coverage_command,
    &diff_command,
    &corpus_command,
    &gen_command,
    &mutants_command,
    &oracles_command,
    &run_command,
    &validate_command,
    &parse_command,
    &print_command,
});

static void print_usage(std::FILE* to)
{
    fmt::print(to, R"(Usage: touchstone COMMAND [OPTION]... [OPERAND]...

Examples:
    # is this engine right? the official testsuite on the two engines built in
    $ touchstone spec testsuite/
    # is this a module?
    $ touchstone validate module.wasm
    # what a command does and takes
    $ touchstone spec --help

Commands:
)");
    for (auto const* const c : commands)
        fmt::print(to, "    {:<10} {}\n", c->name, c->summary);
    fmt::print(to, R"(
Exit status: 0 nothing unexpected, 1 a finding or failure, 2 wrong usage or input, 3 an oracle is unusable,
4 internal error, 5 nothing ran, 130 or 143 interrupted.
)");
}

/// How many letters must change to make `a` of `b`.
static std::size_t distance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j)
        row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        auto diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            auto const changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, changed});
        }
    }
    return row.back();
}

static Exit unknown(std::string_view name, Io io)
{
    fmt::print(io.err, "touchstone: there is no command `{}`", name);
    auto const shown = name.substr(0, 40);
    auto const* best = static_cast<Command const*>(nullptr);
    auto least = std::size_t{4};
    for (auto const* const c : commands)
        if (auto const d = distance(shown, c->name); d < least && d < c->name.size()) {
            least = d;
            best = c;
        }
    if (best != nullptr)
        fmt::print(io.err, "; did you mean `{}`?", best->name);
    fmt::print(io.err, "\nSee `touchstone --help`.\n");
    return Exit::Usage;
}

static Exit dispatch(std::vector<std::string> const& args, Io io)
{
    if (args.empty()) {
        print_usage(io.err);
        return Exit::Usage;
    }
    auto name = args[0];
    auto rest = std::span{args}.subspan(1);
    if (name == "--version" || name == "-V") {
        fmt::print(io.out, "touchstone {}\n", TOUCHSTONE_VERSION);
        return Exit::Ok;
    }
    if (name == "--help" || name == "-h" || (name == "help" && rest.empty())) {
        print_usage(io.out);
        return Exit::Ok;
    }
    auto const help = std::vector<std::string>{"--help"};
    if (name == "help") {
        name = rest[0];
        rest = help;
    }
    for (auto const* const c : commands)
        if (c->name == name)
            return c->run({.command = *c, .rest = rest}, io);
    return unknown(name, io);
}

/// Runs a command so that nothing is thrown out of `main`.
static Exit guarded(std::vector<std::string> const& args, Io io)
{
    try {
        if (auto const on = mutants::turn_on_from_environment(); !on) {
            fmt::print(io.err, "touchstone: {}\n", on.error());
            return Exit::Usage;
        }
        return dispatch(args, io);
    } catch (std::bad_alloc const&) {
        std::fputs("touchstone: out of memory\n", io.err);
    } catch (std::exception const& e) {
        std::fprintf(io.err, "touchstone: internal error: %s\n", e.what());
    } catch (...) {
        std::fputs("touchstone: internal error\n", io.err);
    }
    return Exit::Internal;
}

static Exit run(std::vector<std::string> const& args)
{
    std::signal(SIGPIPE, SIG_IGN); // a reader that went away is a write error like any other
    auto const io = Io{.out_is_terminal = isatty(STDOUT_FILENO) != 0,
        .err_is_terminal = isatty(STDERR_FILENO) != 0};
    auto const result = guarded(args, io);
    errno = 0;
    if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0)
        return result;
    std::fprintf(stderr, "touchstone: cannot write the output: %s\n",
        errno != 0 ? std::strerror(errno) : "an earlier write failed");
    return result == Exit::Ok || result == Exit::Finding ? Exit::Internal : result;
}

} // namespace touchstone::cli

int main(int argc, char** argv)
{
    return static_cast<int>(touchstone::cli::run({argv + 1, argv + std::max(argc, 1)}));
}
