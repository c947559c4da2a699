#pragma once
// SIGINT and SIGTERM as something to be asked about, for commands that save their work first.

namespace touchstone::cli {

/// While one lives the two signals are noted instead of obeyed; a second one ends the program.
class StopSignals
{
public:
    StopSignals();
    ~StopSignals();
    StopSignals(StopSignals const&) = delete;
    StopSignals& operator=(StopSignals const&) = delete;
};

/// The signal that came since the last StopSignals was made, or 0.
[[nodiscard]] int stop_signal();

} // namespace touchstone::cli
