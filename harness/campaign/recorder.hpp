#pragma once
// Processes that look at findings once more, on engines behind processes of their own: they locate
// what a worker could not, try again what took too long, minimize, and write folders.

#include "harness/campaign/campaign.hpp"

#include <deque>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace touchstone::campaign {

/// What is to be done with one finding.
struct Recording
{
    std::uint64_t index = 0;
    Signature signature; ///< as it was found
    std::string detail;
    std::string folder;     ///< where it is to be written; empty: it is to be located only
    bool minimized = false; ///< the folder has the minimized case, and the original below it
    std::size_t bucket = 0; ///< of a folder
    bool is_hang = false;   ///< a worker took too long: is it so again?
};

/// How one ended.
struct Recorded
{
    Recording what;
    bool written = false;
    bool diverged = false; ///< it showed again
    bool hung = false;     ///< it took too long again
    std::optional<Location> location;
    std::optional<Cause> cause; ///< as the minimized case shows it
    std::optional<std::size_t> instructions;
    std::string trouble;
};

/// Works off a queue, one process a job, some at a time.
class Recorder
{
public:
    explicit Recorder(Settings const& settings) : settings_{settings} {}
    ~Recorder();
    Recorder(Recorder const&) = delete;
    Recorder& operator=(Recorder const&) = delete;

    /// First those that come first; `urgent` ones before all others.
    void add(Recording what, bool urgent);
    /// Starts what may be started, at most `at_once` together, and collects what has ended.
    [[nodiscard]] std::vector<Recorded> poll(std::size_t at_once);
    [[nodiscard]] bool idle() const { return waiting_.empty() && running_.empty(); }
    /// How many are not done yet.
    [[nodiscard]] std::size_t waiting() const { return waiting_.size() + running_.size(); }
    /// Forgets what waits and answers to this.
    template <class Predicate>
    void drop(Predicate predicate)
    {
        std::erase_if(waiting_, predicate);
    }
    /// Ends what runs.
    void kill_all();

private:
    struct Running
    {
        Recording what;
        pid_t pid = -1;
        int read_end = -1;
        std::int64_t since_ms = 0;
        bool too_long = false; ///< killed for it
    };

    void start(Recording what);
    [[nodiscard]] Recorded finish(Running& r, int status);

    Settings const& settings_;
    std::deque<Recording> waiting_;
    std::vector<Running> running_;
    std::vector<Recorded> failed_; ///< could not even be started
};

} // namespace touchstone::campaign
