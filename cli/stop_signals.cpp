#include "cli/stop_signals.hpp"

#include <array>
#include <csignal>

namespace touchstone::cli {

namespace {

std::sig_atomic_t volatile caught = 0;

void note(int signal)
{
    caught = signal;
}

constexpr std::array both{SIGINT, SIGTERM};

} // namespace

StopSignals::StopSignals()
{
    caught = 0;
    struct sigaction action{};
    action.sa_handler = note;
    action.sa_flags = SA_RESETHAND;
    for (auto const s : both)
        sigaction(s, &action, nullptr);
}

StopSignals::~StopSignals()
{
    for (auto const s : both)
        std::signal(s, SIG_DFL);
}

int stop_signal()
{
    return caught;
}

} // namespace touchstone::cli
