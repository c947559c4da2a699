#include "cli/commands.hpp"
#include "cli/input_file.hpp"
#include "cli/options.hpp"
#include "cli/output_file.hpp"

#include "engine/text/print.hpp"

#include <fmt/format.h>

namespace touchstone::cli {

static Exit run_print(Args args, Io io)
{
    std::string file;
    std::string output = "-";
    Options options{args, io};
    options.positional("FILE", file, "a module in binary format; - is standard input")
        .value("-o,--output", output, "where the text goes; - is standard output");
    if (auto const stop = options.parse())
        return *stop;

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

A text is taken too, and printed in the same flat form. Nothing is validated: see `touchstone validate`.

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
