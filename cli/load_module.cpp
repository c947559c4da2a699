#include "cli/input_file.hpp"

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
    auto module =
        binary ? decode({reinterpret_cast<std::uint8_t const*>(bytes->data()), bytes->size()},
                     features)
               : parse_module(*bytes, nullptr, features);
    if (module)
        return LoadedModule{.module = std::move(*module), .is_text = !binary};
    auto const& e = module.error();
    return std::unexpected{InputError{
        .message = fmt::format("{}:{}{}", path, binary ? " " : "", describe(e)), .refusal = e}};
}

} // namespace touchstone::cli
