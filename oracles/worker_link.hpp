#pragma once
// A worker that is started again whenever it is gone, asked in JSON.

#include "oracles/isolated.hpp"
#include "oracles/worker_process.hpp"

#include <nlohmann/json.hpp>

#include <expected>
#include <memory>
#include <string>

namespace touchstone {

/// What a worker says of itself.
struct WorkerHello
{
    std::string name;
    std::string version;
    std::string code_base;
    bool shows_everything = false; ///< also what a module does not export
    bool has_sessions = false;
    bool has_limits = false; ///< counts fuel and the other limits as limits.hpp says
};

class WorkerLink
{
public:
    WorkerLink(WorkerCommand command, std::chrono::milliseconds time)
        : command_{std::move(command)}, time_{time}
    {}

    /// Starts the worker if there is none.
    [[nodiscard]] std::expected<WorkerHello, std::string> connect();
    [[nodiscard]] bool connected() const { return process_ && process_->alive(); }
    /// The next request gets a fresh one.
    void disconnect() { process_.reset(); }

    /// Sends a request; the time for its answers begins.
    [[nodiscard]] std::expected<void, Death> send(nlohmann::json const& request);
    [[nodiscard]] std::expected<nlohmann::json, Death> receive();
    [[nodiscard]] std::expected<nlohmann::json, Death> ask(nlohmann::json const& request);
    /// For an answer that makes no sense.
    [[nodiscard]] Death give_up(std::string const& why);

    /// This one's process, for somebody who begins anew.
    [[nodiscard]] WorkerLink hand_over();

private:
    WorkerCommand command_;
    std::chrono::milliseconds time_;
    std::unique_ptr<WorkerProcess> process_;
    WorkerProcess::Clock::time_point deadline_;
};

/// The part of our limits that a worker is told.
[[nodiscard]] nlohmann::json worker_limits(Limits const& limits);

} // namespace touchstone
