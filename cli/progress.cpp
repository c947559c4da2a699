#include "cli/progress.hpp"

#include <fmt/format.h>

namespace touchstone::cli {

Progress::Progress(Io io, std::size_t steps) : io_{io}, steps_{steps}
{}

void Progress::step(std::string_view what)
{
    ++done_;
    if (!io_.err_is_terminal || Clock::now() < next_)
        return;
    next_ = Clock::now() + std::chrono::milliseconds{100};
    is_shown_ = true;
    if (what.size() > 50)
        what.remove_prefix(what.size() - 50);
    fmt::print(io_.err, "\r\x1b[K{}/{} {}", done_, steps_, what);
    std::fflush(io_.err);
}

void Progress::end()
{
    if (is_shown_)
        fmt::print(io_.err, "\r\x1b[K");
    is_shown_ = false;
}

} // namespace touchstone::cli
