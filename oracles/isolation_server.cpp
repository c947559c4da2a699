#include "oracles/isolation_server.hpp"

#include "oracles/isolation_child.hpp"
#include "oracles/wire.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <exception>

namespace touchstone::isolation {

/// Everything else belongs to the parent, which must be able to close it.
static void keep_only(std::array<int, 3> fds)
{
    std::ranges::sort(fds);
    unsigned from = 3;
    for (auto const fd : fds) {
        auto const keep = static_cast<unsigned>(fd);
        if (keep > from)
            syscall(SYS_close_range, from, keep - 1, 0);
        from = std::max(from, keep + 1);
    }
    syscall(SYS_close_range, from, ~0U, 0);
}

static void take_up_residence(Endpoints const& ends)
{
    setpgid(0, 0); // a Ctrl-C at the terminal is for the parent alone
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != ends.parent)
        _exit(0); // it died before it could take us with it
    std::signal(SIGCHLD, SIG_DFL);
    prctl(PR_SET_NAME, "ts-isolation");
    auto const null = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (null >= 0) {
        dup2(null, STDIN_FILENO);
        dup2(null, STDOUT_FILENO);
    }
    dup2(ends.log, STDERR_FILENO);
    keep_only({ends.control, ends.work, ends.log});
}

static std::expected<std::unique_ptr<Oracle>, std::string> made(MakeOracle const& make)
{
    try {
        return make();
    } catch (std::exception const& e) {
        return std::unexpected{std::string{e.what()}};
    }
}

static int wait_for(pid_t child)
{
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {}
    return status;
}

/// At most one child at a time, and how to learn of its death.
class Nursery
{
public:
    Nursery(
        Oracle& oracle, IsolationLimits const& limits, Endpoints const& ends, Exchange& exchange)
        : oracle_{oracle}, limits_{limits}, ends_{ends}, exchange_{exchange}
    {}
    Nursery(Nursery const&) = delete;
    Nursery& operator=(Nursery const&) = delete;
    ~Nursery()
    {
        kill();
        if (child_ > 0)
            wait_for(child_);
    }

    [[nodiscard]] int death() const { return death_.get(); }

    [[nodiscard]] Message fork()
    {
        if (ftruncate(ends_.log, 0) != 0)
            return {Word::Died, 0};
        child_ = ::fork();
        if (child_ == 0)
            run_child(oracle_, limits_, ends_, exchange_);
        if (child_ < 0)
            return {Word::Died, 0};
        setpgid(child_, child_);
        death_ = Descriptor{static_cast<int>(syscall(SYS_pidfd_open, child_, 0))};
        return {Word::Forked, static_cast<std::uint32_t>(child_)};
    }

    void kill() const
    {
        if (child_ > 0) {
            ::kill(-child_, SIGKILL);
            ::kill(child_, SIGKILL); // its group may not exist yet
        }
    }

    [[nodiscard]] Message bury()
    {
        auto const status = wait_for(child_);
        ::kill(-child_, SIGKILL); // whatever it started
        child_ = 0;
        death_.reset();
        return {Word::Died, static_cast<std::uint32_t>(status)};
    }

private:
    Oracle& oracle_;
    IsolationLimits const& limits_;
    Endpoints const& ends_;
    Exchange& exchange_;
    pid_t child_ = 0;
    Descriptor death_;
};

static void serve(Nursery& nursery, int control)
{
    for (;;) {
        std::array<pollfd, 2> events{
            pollfd{control, POLLIN, 0}, pollfd{nursery.death(), POLLIN, 0}};
        if (poll(events.data(), events.size(), -1) < 0)
            continue;
        if (events[1].revents != 0 && !send(control, nursery.bury()))
            return;
        if (events[0].revents == 0)
            continue;
        Message m;
        if (!receive(control, m))
            return;
        if (m.word == Word::Fork && !send(control, nursery.fork()))
            return;
        if (m.word == Word::Kill)
            nursery.kill();
    }
}

void run_server(MakeOracle const& make, IsolationLimits const& limits, Endpoints const& ends,
    Exchange& exchange)
{
    take_up_residence(ends);
    {
        auto oracle = made(make);
        wire::Writer w{exchange.answers()};
        if (oracle)
            wire::write(w, (*oracle)->info());
        else
            w.text(oracle.error());
        auto const word = oracle ? Word::Ready : Word::Failed;
        if (send(ends.control, {word, static_cast<std::uint32_t>(w.size())}) && oracle) {
            Nursery nursery{**oracle, limits, ends, exchange};
            serve(nursery, ends.control);
        }
    }
    _exit(0);
}

} // namespace touchstone::isolation
