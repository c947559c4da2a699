#pragma once
// A worker's process: frames to its standard input and from its standard output (docs/protocol.md).

#include "oracles/child_death.hpp"
#include "oracles/isolation_exchange.hpp"

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <expected>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace touchstone {

/// How a worker is run.
struct WorkerCommand
{
    std::vector<std::string> arguments; ///< the program first, looked up in PATH
    std::uint64_t memory_bytes = 0;     ///< RLIMIT_DATA
};

/// The process and all that it starts end with this object, or with this program in whatever way.
class WorkerProcess
{
public:
    using Clock = std::chrono::steady_clock;

    [[nodiscard]] static std::expected<std::unique_ptr<WorkerProcess>, std::string> start(
        WorkerCommand const& command);
    WorkerProcess(WorkerProcess const&) = delete;
    WorkerProcess& operator=(WorkerProcess const&) = delete;
    ~WorkerProcess();

    /// Sends a frame. After an error the process is gone, and nothing more can be asked.
    [[nodiscard]] std::expected<void, Death> send(
        std::string_view message, Clock::time_point deadline);
    [[nodiscard]] std::expected<std::string, Death> receive(Clock::time_point deadline);
    [[nodiscard]] bool alive() const { return process_ > 0; }
    /// Kills it; the reason is for the observation of whoever asked.
    Death end(End why, std::string detail);

private:
    WorkerProcess() = default;

    [[nodiscard]] Death died();
    [[nodiscard]] bool has_ended() const;
    [[nodiscard]] std::expected<void, Death> read_some(
        std::size_t wanted, Clock::time_point deadline);
    [[nodiscard]] std::expected<void, Death> wait_for(short events, Clock::time_point deadline);
    void kill_group(int& status);

    isolation::Descriptor socket_;
    isolation::Descriptor log_;
    pid_t process_ = 0;
    std::string received_;
};

} // namespace touchstone
