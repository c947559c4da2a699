#include "cli/input_file.hpp"

#include "engine/binary/custom_sections.hpp"
#include "engine/binary/decode.hpp"
#include "engine/text/parse.hpp"

#include <fmt/format.h>

namespace touchstone::cli {

std::expected<LoadedModule, InputError> load_module(std::string const& path, FeatureSet features)
{
    auto const bytes = read_file(path);
    if (!bytes)
        return std::unexpected{InputError{.message = bytes.error(), .refusal = {}}};
    auto const binary = is_binary(*bytes);
    std::vector<Error> problems;
    auto module =
        binary ? decode({reinterpret_cast<std::uint8_t const*>(bytes->data()), bytes->size()},
                     features)
               : parse_module(*bytes, &problems, features);
    if (module) {
        if (binary)
            problems = read_custom_sections(*module);
        return LoadedModule{.module = std::move(*module),
            .is_text = !binary,
            .custom_problems = std::move(problems)};
    }
    auto const& e = module.error();
    return std::unexpected{InputError{
        .message = fmt::format("{}:{}{}", path, binary ? " " : "", describe(e)), .refusal = e}};
}

void warn_of_custom_sections(std::string const& path, LoadedModule const& loaded, Io io)
{
    for (auto const& p : loaded.custom_problems)
        fmt::print(io.err, "{}: warning:{}{}\n", path, p.line != 0 ? "" : " ", describe(p));
}

} // namespace touchstone::cli
