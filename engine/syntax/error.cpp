#include "engine/syntax/error.hpp"

#include <fmt/format.h>

namespace touchstone {

static std::string_view kind_name(Error::Kind k)
{
    switch (k) {
    case Error::Kind::Malformed: return "malformed";
    case Error::Kind::Invalid: return "invalid";
    case Error::Kind::Unsupported: return "unsupported";
    }
    return "?";
}

std::string describe(Error const& e)
{
    auto text = e.line != 0
                    ? fmt::format("{}:{}: {}: {}", e.line, e.column, kind_name(e.kind), e.message)
                    : fmt::format("byte {:#x}: {}: {}", e.offset, kind_name(e.kind), e.message);
    if (e.feature)
        text += fmt::format(" ({})", name(*e.feature));
    if (e.function)
        text += fmt::format(", in function {}", *e.function);
    if (!e.rule.empty())
        text += fmt::format(" [{}]", e.rule);
    return text;
}

} // namespace touchstone
