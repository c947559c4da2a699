#include "cli/commands.hpp"
#include "cli/options.hpp"
#include "harness/campaign/regression.hpp"

#include <fmt/format.h>

namespace touchstone::cli {

namespace {

Exit run_corpus(Args args, Io io)
{
    std::string action;
    std::vector<std::string> findings;
    std::string corpus = "corpus/regressions";
    Options options{args, io};
    options.positional("ACTION", action, "add")
        .positionals("FINDING", findings, "findings' folders, cases, modules", 1)
        .value("--corpus", corpus, "the folder of the regressions");
    if (auto const stop = options.parse())
        return *stop;
    if (action != "add")
        return options.usage_error(fmt::format("there is no action `{}`; there is: add", action));
    for (auto const& finding : findings) {
        auto const added = campaign::add_regression(finding, corpus);
        if (!added) {
            fmt::print(io.err, "touchstone corpus: {}\n", added.error());
            return Exit::Usage;
        }
        fmt::print(
            io.out, "{} {}\n", added->is_new ? "added" : "there already:", added->folder.string());
    }
    return Exit::Ok;
}

} // namespace

constexpr Command corpus_command{
    .name = "corpus",
    .summary = "Keep findings as regressions that every test run replays",
    .help = R"(Usage: touchstone corpus add FINDING... [--corpus DIR]

The test run replays what is in corpus/regressions of the checkout on every oracle (ctest -L replay);
`touchstone diff DIR` does so anywhere.

Examples:
    # the minimized case of a bucket
    $ touchstone corpus add findings/0001-i32.shl-result-reference-fast/mixed-1-4711
    # into a corpus of your own
    $ touchstone corpus add case.wasm --corpus regressions

Exit status: 0 they are in the corpus, 2 wrong usage or input, or they cannot be written.
)",
    .run = run_corpus,
};

} // namespace touchstone::cli
