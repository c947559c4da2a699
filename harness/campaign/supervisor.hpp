#pragma once
// The process that keeps a campaign's workers alive, says what they died of, and has findings
// written.

#include "harness/campaign/recorder.hpp"
#include "harness/campaign/worker.hpp"

#include <functional>
#include <span>
#include <vector>

#include <sys/types.h>

namespace touchstone::campaign {

/// Memory shared with the workers; unmapped with this.
class SharedMemory
{
public:
    /// Throws std::bad_alloc if the system has none.
    explicit SharedMemory(unsigned workers);
    ~SharedMemory();
    SharedMemory(SharedMemory const&) = delete;
    SharedMemory& operator=(SharedMemory const&) = delete;

    [[nodiscard]] Shared& shared() { return *shared_; }
    [[nodiscard]] std::span<Slot> slots() { return {slots_, count_}; }
    [[nodiscard]] std::span<Slot const> slots() const { return {slots_, count_}; }

private:
    void* base_;
    std::size_t bytes_;
    Shared* shared_;
    Slot* slots_;
    std::size_t count_;
};

/// Runs one campaign. Made once, run once.
class Supervisor
{
public:
    Supervisor(Settings const& settings, std::vector<OracleInfo> oracles);
    ~Supervisor();
    Supervisor(Supervisor const&) = delete;
    Supervisor& operator=(Supervisor const&) = delete;

    [[nodiscard]] Result run(std::function<void(Progress const&)> const& progress);

private:
    struct Worker
    {
        pid_t pid = -1; ///< -1: gone
        char const* killed_for = nullptr;
        std::uint64_t killed_at = 0;  ///< the case for which it was
        unsigned deaths_in_a_row = 0; ///< between cases, without one being finished
    };
    void spawn(std::size_t i);
    void watch(std::size_t i);
    void reap(std::size_t i);
    void died(std::size_t i, std::string const& how);
    void read_messages();
    void understand(Message const& m);
    void settle(std::uint64_t index, std::optional<Location> const& l);
    void collect(std::size_t at_once);
    void tried_again(Recorded const& done);
    [[nodiscard]] std::string folder_of(Recording const& r) const;
    [[nodiscard]] bool any_alive() const;
    void stop_workers();
    void tick();
    void write_rest(std::function<void(Progress const&)> const& progress);
    [[nodiscard]] Progress progress_now() const;

    Settings const& settings_;
    SharedMemory memory_;
    std::vector<Worker> workers_;
    Buckets buckets_;
    Recorder recorder_;
    Tally late_; ///< cases that were decided after their worker's death
    int read_end_ = -1;
    int write_end_ = -1;
    bool stopping_ = false;
    std::int64_t last_tick_ms_ = 0;
    std::int64_t clock_floor_ms_ = 0; ///< nothing before this counts as an engine's time
    std::int64_t started_ms_ = 0;
    Result result_;
};

} // namespace touchstone::campaign
