#pragma once
// The threads of a store, one running at a time: after each instruction a seeded choice says who
// goes on, or before each that others can see a schedule does; and time passes only in turns.
//
// Every thread has a thread of the operating system, which waits while it is not its turn, so that
// what runs may stand in the middle of anything. All of them go by one mutex: what the one at turn
// does to the store, the next one sees.

#include "engine/embedding/schedule.hpp"

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

namespace touchstone::reference {

class Interleaving
{
public:
    /// A place in a memory at which threads wait.
    struct Spot
    {
        std::uint32_t memory = 0; ///< its address in the store
        std::uint64_t byte = 0;
        friend constexpr bool operator==(Spot, Spot) = default;
    };

    enum class Woken : std::uint8_t
    {
        Notified,
        TimedOut,
        Never, ///< no thread is left that could notify
    };

    /// With the calling thread as the first, number 0.
    Interleaving() : members_(1) {}
    /// Runs the others to their end.
    ~Interleaving();
    Interleaving(Interleaving const&) = delete;
    Interleaving& operator=(Interleaving const&) = delete;

    void seed(std::uint64_t seed) { random_ = seed; }
    /// Instead of the seed.
    void follow(Schedule& schedule) { schedule_ = &schedule; }
    /// Turns end only before what others can see.
    [[nodiscard]] bool is_scheduled() const { return schedule_ != nullptr; }

    // What follows is for the thread at turn, with which all of this is exclusive.

    /// Its number, if it is not the first: nothing if the system gives no thread.
    [[nodiscard]] std::optional<std::size_t> start(std::function<void()> body);
    void join(std::size_t member);
    [[nodiscard]] std::size_t current() const { return current_; }
    /// More than one thread has not ended.
    [[nodiscard]] bool is_shared() const { return live_ > 1; }
    /// The end of a turn; returns when it is this thread's again.
    void pass();
    /// Until it is notified, or so many nanoseconds are over (negative: without end).
    [[nodiscard]] Woken wait(Spot spot, std::int64_t nanoseconds);
    /// Wakes the first `count` that wait there, and says how many there were.
    [[nodiscard]] std::uint32_t notify(Spot spot, std::uint32_t count);

private:
    struct Member
    {
        enum class State : std::uint8_t
        {
            Ready,
            Waiting, ///< at `spot`
            Joining, ///< until `joined` has ended
            Ended,
        };

        State state = State::Ready;
        Woken woken = Woken::Notified;
        Spot spot;
        std::optional<std::uint64_t> deadline;
        std::uint64_t since = 0; ///< when it began to wait: who came first is notified first
        std::size_t joined = 0;
        std::condition_variable turn;
        std::thread thread;
    };

    void run(std::size_t self, std::condition_variable& turn, std::function<void()> const& body);
    /// Chooses who goes on, and waits for the next turn of `self`.
    void yield(std::size_t self);
    /// Ends the waits whose time has come; where nobody else can go on, time leaps.
    void wake_sleepers();
    [[nodiscard]] std::optional<std::size_t> choose();
    [[nodiscard]] std::uint64_t random();

    std::deque<Member> members_; ///< stay where they are
    std::size_t current_ = 0;
    std::size_t live_ = 1;
    std::uint64_t random_ = 0;
    Schedule* schedule_ = nullptr;
    std::uint64_t now_ = 0;   ///< in nanoseconds; a turn takes one
    std::uint64_t waits_ = 0; ///< how many there were
    std::mutex mutex_;        ///< held by the thread at turn while it gives the turn away
};

} // namespace touchstone::reference
