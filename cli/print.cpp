#include "cli/commands.hpp"
#include "cli/feature_names.hpp"
#include "cli/input_file.hpp"
#include "cli/options.hpp"
#include "cli/output_file.hpp"

#include "engine/text/print.hpp"
#include "engine/text/print_script.hpp"

#include <fmt/format.h>

namespace touchstone::cli {

static Exit print_script(
    std::string const& file, FeatureSet features, std::string const& output, Io io)
{
    auto const text = read_file(file);
    if (!text) {
        fmt::print(io.err, "{}\n", text.error());
        return Exit::Usage;
    }
    auto const script = parse_script(*text, features);
    if (!script) {
        fmt::print(io.err, "{}: {}\n", file, describe(script.error()));
        return Exit::Usage;
    }
    return write_output(touchstone::print(*script), output, io).value_or(Exit::Ok);
}

static Exit run_print(Args args, Io io)
{
    std::string file;
    std::string output = "-";
    std::string profile{default_profile.name};
    Options options{args, io};
    options.positional("FILE", file, "a module, or a test script; - is standard input")
        .choice(
            "--profile", profile, names_of_profiles(), "what the module may use; 3.0 if not given")
        .value("-o,--output", output, "where the text goes; - is standard output");
    if (auto const stop = options.parse())
        return *stop;

    if (file.ends_with(".wast"))
        return print_script(file, profile_named(profile)->features, output, io);
    auto const loaded = load_module(file, profile_named(profile)->features);
    if (!loaded) {
        fmt::print(io.err, "{}\n", loaded.error().message);
        return Exit::Usage;
    }
    warn_of_custom_sections(file, *loaded, io);
    auto text = touchstone::print(loaded->module);
    if (!text.ends_with('\n'))
        text += '\n';
    return write_output(text, output, io).value_or(Exit::Ok);
}

Command const print_command{
    .name = "print",
    .summary = "Turn a module from binary into text",
    .help = R"(Usage: touchstone print FILE [--profile NAME] [--output FILE]

A text is taken too, and printed in the same flat form, and so is a test script (.wast). Names come from the name section, branch hints from theirs. Nothing is validated: see `touchstone validate`.

Examples:
    # binary to text
    $ touchstone print module.wasm
    # there and back
    $ touchstone print module.wasm | touchstone parse - -o again.wasm

Exit status: 0 printed, 2 wrong usage, or no module.
)",
    .run = run_print,
};

} // namespace touchstone::cli
