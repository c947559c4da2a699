#include "reports/version.hpp"

namespace touchstone::reports {

std::string_view version()
{
    return TOUCHSTONE_VERSION;
}

} // namespace touchstone::reports
