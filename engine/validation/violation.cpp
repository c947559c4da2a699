#include "engine/validation/violation.hpp"

#include <fmt/format.h>

#include <utility>

namespace touchstone {

void violate(std::string message, std::string_view rule)
{
    throw Violation{std::move(message), rule};
}

void violate_limit(std::string message)
{
    throw Violation{std::move(message), {}, Error::Kind::Unsupported};
}

void violate_unknown(std::string_view what, std::uint64_t index)
{
    throw Violation{fmt::format("unknown {} {}", what, index), {}};
}

} // namespace touchstone
