#include "oracles/isolation_process.hpp"

#include "oracles/child_death.hpp"
#include "oracles/wire.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fstream>
#include <utility>

namespace touchstone::isolation {

using std::chrono::milliseconds;

static constexpr milliseconds patience{5'000}; // with our own code in the other process

static bool make_pair(Descriptor& a, Descriptor& b)
{
    std::array<int, 2> fds{};
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, fds.data()) != 0)
        return false;
    a = Descriptor{fds[0]};
    b = Descriptor{fds[1]};
    return true;
}

Process::Process(IsolationLimits const& limits)
    : limits_{limits},
      exchange_{limits.exchange_bytes},
      log_{memfd_create("touchstone-log", MFD_CLOEXEC)}
{}

std::expected<std::unique_ptr<Process>, std::string> Process::start(
    MakeOracle const& make, IsolationLimits const& limits)
{
    auto const failed = [](char const* what) {
        return std::unexpected{std::string{what} + ": " + std::strerror(errno)};
    };
    std::unique_ptr<Process> p{new Process{limits}};
    Descriptor control;
    if (!p->exchange_.usable() || !p->log_ || !make_pair(p->control_, control) ||
        !make_pair(p->work_, p->childs_work_))
        return failed("no shared memory or sockets for isolation");
    fcntl(p->log_.get(), F_SETFL, O_APPEND);

    auto const parent = getpid();
    p->server_ = fork();
    if (p->server_ < 0)
        return failed("cannot fork");
    if (p->server_ == 0)
        run_server(make, limits, {control.get(), p->childs_work_.get(), p->log_.get(), parent},
            p->exchange_);
    control.reset();

    Message m;
    if (!receive(p->control_.get(), m))
        return std::unexpected{"making the oracle ended its process: " + p->last_words()};
    wire::Reader r{p->exchange_.answers().first(m.value)};
    if (m.word != Word::Ready)
        return std::unexpected{r.text()};
    p->info_ = wire::read_info(r);
    return p;
}

Process::~Process()
{
    control_.reset(); // the server kills the child and ends
    work_.reset();
    if (server_ <= 0)
        return;
    for (auto waited = milliseconds{0}; waited < patience; waited += milliseconds{1}) {
        if (waitpid(server_, nullptr, WNOHANG) != 0)
            return;
        usleep(1'000);
    }
    kill(server_, SIGKILL);
    waitpid(server_, nullptr, 0);
}

bool Process::fork_child()
{
    exchange_.progress().out_of_memory = 0;
    Message m;
    if (!send(control_.get(), {Word::Fork, 0}) || !receive(control_.get(), m))
        return false;
    if (m.word != Word::Forked)
        return false;
    child_ = static_cast<pid_t>(m.value);
    return true;
}

Reply Process::ask(Message m)
{
    auto& p = exchange_.progress();
    p.finished = 0;
    p.answered = 0;
    p.steps = 0;
    p.current = Progress::none;
    if (lost_ || (child_ <= 0 && !fork_child()))
        return lose();
    p.started = now();
    if (!send(work_.get(), m))
        return lose();
    return await_answer();
}

Reply Process::await_answer()
{
    auto const tick = static_cast<int>(
        std::clamp(limits_.time_per_case / 10, milliseconds{2}, milliseconds{50}).count());
    std::array<pollfd, 2> events{pollfd{work_.get(), POLLIN, 0}, pollfd{control_.get(), POLLIN, 0}};
    for (;;) {
        auto const n = poll(events.data(), events.size(), tick);
        Message m;
        if (n > 0 && events[0].revents != 0)
            return receive(work_.get(), m) ? Reply{} : lose();
        if (n > 0 && events[1].revents != 0) {
            if (!receive(control_.get(), m))
                return lose();
            return death(static_cast<int>(m.value));
        }
        std::uint32_t request = 0;
        auto const late = overtime(request);
        if (!late && !too_large())
            continue;
        // Between the look and the kill the child may get on: then nobody is to blame.
        int status = 0;
        if (!send(control_.get(), {Word::Kill, 0}) || !await_death(status))
            return lose();
        if (late && exchange_.progress().current != request)
            exchange_.progress().current = Progress::none;
        if (late)
            return {End::TimedOut,
                "no answer within " + std::to_string(limits_.time_per_case.count()) + " ms"};
        return {End::Refused,
            "more than " + std::to_string(limits_.memory_bytes >> 20) + " MiB of memory"};
    }
}

bool Process::overtime(std::uint32_t& request) const
{
    auto const& p = exchange_.progress();
    request = p.current;
    auto const started = p.started.load();
    auto const since = std::chrono::nanoseconds{now() - std::min(now(), started)};
    return since > limits_.time_per_case && p.current == request;
}

bool Process::too_large() const
{
    std::ifstream statm{"/proc/" + std::to_string(child_) + "/statm"};
    std::uint64_t size = 0;
    std::uint64_t resident = 0;
    std::uint64_t shared = 0;
    statm >> size >> resident >> shared;
    auto const page = static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
    return statm && (resident - std::min(resident, shared)) * page > limits_.memory_bytes;
}

bool Process::await_death(int& status)
{
    pollfd event{control_.get(), POLLIN, 0};
    Message m;
    if (poll(&event, 1, static_cast<int>(patience.count())) <= 0 || !receive(control_.get(), m))
        return false;
    child_ = 0;
    status = static_cast<int>(m.value);
    // an answer that it sent just before is no answer to what comes next
    while (recv(work_.get(), &m, sizeof m, MSG_DONTWAIT) > 0) {}
    return true;
}

Reply Process::death(int status)
{
    child_ = 0;
    if (exchange_.progress().out_of_memory != 0)
        return {End::Refused, "out of memory"};
    auto [end, detail] = death_of(status, last_words());
    return {end, std::move(detail)};
}

Reply Process::lose()
{
    lost_ = true;
    child_ = 0;
    return {End::Refused, "the isolation server is gone: " + last_words()};
}

void Process::end_child()
{
    if (child_ <= 0 || lost_)
        return;
    int status = 0;
    if (!send(control_.get(), {Word::Kill, 0}) || !await_death(status))
        lost_ = true;
}

/// The end of what the engine wrote to standard error.
std::string Process::last_words() const
{
    return touchstone::last_words(log_.get());
}

} // namespace touchstone::isolation
