#include "cli/commands.hpp"
#include "cli/feature_names.hpp"
#include "cli/input_file.hpp"
#include "cli/options.hpp"
#include "cli/output_file.hpp"

#include "engine/binary/encode.hpp"

#include <fmt/format.h>

namespace touchstone::cli {

static Exit run_parse(Args args, Io io)
{
    std::string file;
    std::string output = "-";
    auto names = false;
    std::string profile{default_profile.name};
    Options options{args, io};
    options.positional("FILE", file, "a module in text format; - is standard input")
        .choice(
            "--profile", profile, names_of_profiles(), "what the module may use; 3.0 if not given")
        .flag("--names", names, "write the identifiers into a name section")
        .value("-o,--output", output, "where the binary goes; - is standard output");
    if (auto const stop = options.parse())
        return *stop;
    if (output == "-" && io.out_is_terminal)
        return options.usage_error("a binary does not go to a terminal; give --output FILE");

    auto const loaded = load_module(file, profile_named(profile)->features);
    if (!loaded) {
        fmt::print(io.err, "{}\n", loaded.error().message);
        return Exit::Usage;
    }
    warn_of_custom_sections(file, *loaded, io);
    auto const bytes = encode(loaded->module, {.names = names || !loaded->is_text});
    return write_output({reinterpret_cast<char const*>(bytes.data()), bytes.size()}, output, io)
        .value_or(Exit::Ok);
}

Command const parse_command{
    .name = "parse",
    .summary = "Turn a module from text into binary",
    .help = R"(Usage: touchstone parse FILE [--names] [--profile NAME] [--output FILE]

A binary is taken too, and encoded anew. Nothing is validated: see `touchstone validate`.
Custom sections, also names and branch hints, are written as their annotations say.

Examples:
    # text to binary
    $ touchstone parse module.wat -o module.wasm
    # with a name section, for debuggers
    $ touchstone parse module.wat --names -o module.wasm
    # in a pipe
    $ touchstone parse module.wat | touchstone validate -

Exit status: 0 written, 2 wrong usage, or no module.
)",
    .run = run_parse,
};

} // namespace touchstone::cli
