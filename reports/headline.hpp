#pragma once
// What a run amounts to in one line, never better than its data.

#include "reports/model.hpp"

#include <cstdint>
#include <string>

namespace touchstone::reports {

struct Headline
{
    enum class Tone : std::uint8_t
    {
        Good,    ///< everything was tried, and went as it should
        Partial, ///< nothing went wrong, and not everything was tried
        Bad,
    };
    Tone tone;
    std::string text;
};

[[nodiscard]] Headline headline_of(SpecRun const& run);
[[nodiscard]] Headline headline_of(CampaignRun const& run);

} // namespace touchstone::reports
