#include "cli/commands.hpp"
#include "cli/input_file.hpp"
#include "cli/options.hpp"
#include "cli/output_file.hpp"

#include "engine/text/print.hpp"
#include "engine/text/print_script.hpp"

#include <fmt/format.h>

namespace touchstone::cli {

static Exit print_script(std::string const& file, std::string const& output, Io io)
{
    auto const text = read_file(file);
    if (!text) {
        fmt::print(io.err, "{}\n", text.error());
        return Exit::Usage;
    }
    auto const script = parse_script(*text);
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
    Options options{args, io};
    options.positional("FILE", file, "a module, or a test script; - is standard input")
        .value("-o,--output", output, "where the text goes; - is standard output");
    if (auto const stop = options.parse())
        return *stop;

    if (file.ends_with(".wast"))
        return print_script(file, output, io);
    auto const loaded = load_module(file);
    if (!loaded) {
        fmt::print(io.err, "{}\n", loaded.error().message);
        return Exit::Usage;
    }
    auto text = touchstone::print(loaded->module);
    if (!text.ends_with('\n'))
        text += '\n';
    return write_output(text, output, io).value_or(Exit::Ok);
}

Command const print_command{
    .name = "print",
    .summary = "Turn a module from binary into text",
    .help = R"(Usage: touchstone print FILE [--output FILE]

A text is taken too, and printed in the same flat form, and so is a test script (.wast). Nothing is validated: see `touchstone validate`.

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
