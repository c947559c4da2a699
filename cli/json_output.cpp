#include "cli/json_output.hpp"

#include "cli/output_file.hpp"

#include <nlohmann/json.hpp>

namespace touchstone::cli {

std::optional<Exit> write_json(nlohmann::ordered_json const& result, std::string const& file, Io io)
{
    auto const text =
        result.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
    return write_output(text, file, io);
}

} // namespace touchstone::cli
