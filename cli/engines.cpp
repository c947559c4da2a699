#include "cli/engines.hpp"

#include "oracles/registry.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace touchstone::cli {

std::expected<std::vector<script::EngineSource>, Exit> engines_named(
    std::vector<std::string> const& names, Io io)
{
    std::vector<script::EngineSource> engines;
    for (auto const& name : names) {
        auto const made = make_oracle(name);
        if (!made) {
            fmt::print(io.err, "touchstone: {}\n", made.error());
            return std::unexpected{Exit::OracleMissing};
        }
        auto const& info = (*made)->info();
        if (std::ranges::find(engines, info.name, &script::EngineSource::name) != engines.end()) {
            fmt::print(io.err, "touchstone: oracle `{}` is named twice\n", info.name);
            return std::unexpected{Exit::Usage};
        }
        engines.push_back({.name = info.name,
            .version = info.version,
            .make = [name]() -> std::unique_ptr<Oracle> {
                auto again = make_oracle(name);
                return again ? std::move(*again) : nullptr;
            }});
    }
    return engines;
}

} // namespace touchstone::cli
