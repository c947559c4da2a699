#pragma once
// The parent's side of an isolated oracle: its server, and the child that serves at the moment.

#include "oracles/isolation_child.hpp"

#include <expected>
#include <memory>
#include <string>

namespace touchstone::isolation {

/// How a request to the child ended. If not Answered the child is gone, and `Progress` tells how
/// far it was.
struct Reply
{
    End end = End::Returned; ///< Returned, Crashed, TimedOut or Refused
    std::string detail;
};

class Process
{
public:
    [[nodiscard]] static std::expected<std::unique_ptr<Process>, std::string> start(
        MakeOracle const& make, IsolationLimits const& limits);

    Process(Process const&) = delete;
    Process& operator=(Process const&) = delete;
    ~Process();

    [[nodiscard]] OracleInfo const& info() const { return info_; }
    [[nodiscard]] Exchange& exchange() { return exchange_; }
    [[nodiscard]] bool has_child() const { return child_ > 0; }
    /// Asks the child, after forking it if there is none, and waits for its answer or its end.
    [[nodiscard]] Reply ask(Message m);
    /// Ends the child; the next request gets a fresh one.
    void end_child();
    /// The server is gone: nothing can be asked any more.
    [[nodiscard]] bool lost() const { return lost_; }

private:
    explicit Process(IsolationLimits const& limits);

    [[nodiscard]] bool fork_child();
    [[nodiscard]] bool await_death(int& status);
    [[nodiscard]] Reply await_answer();
    [[nodiscard]] Reply death(int status);
    [[nodiscard]] Reply lose();
    [[nodiscard]] bool overtime(std::uint32_t& request) const;
    [[nodiscard]] bool too_large() const;
    [[nodiscard]] std::string last_words() const;

    IsolationLimits limits_;
    Exchange exchange_;
    OracleInfo info_;
    Descriptor control_;
    Descriptor work_;
    Descriptor childs_work_; // so that the socket outlives the children
    Descriptor log_;
    pid_t server_ = 0;
    pid_t child_ = 0;
    bool lost_ = false;
};

} // namespace touchstone::isolation
