#include "harness/minimize/process.hpp"

#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cmath>
#include <csignal>
#include <cstring>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace touchstone::minimize {

namespace {

using Clock = std::chrono::steady_clock;

constexpr int timed_out = 124;
constexpr std::uint64_t most_written = std::uint64_t{1} << 30;

void limit(int resource, std::uint64_t most)
{
    rlimit const l{.rlim_cur = most, .rlim_max = most};
    setrlimit(static_cast<__rlimit_resource>(resource), &l);
}

/// In the child: only what may be called between fork and exec.
[[noreturn]] void become(char* const* argv, ProcessLimits const& limits, int tell)
{
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
    std::signal(SIGPIPE, SIG_DFL);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_CPU, static_cast<std::uint64_t>(std::ceil(limits.seconds)) + 1);
    limit(RLIMIT_DATA, limits.memory_bytes);
    limit(RLIMIT_FSIZE, most_written);
    auto const nothing = open("/dev/null", O_RDWR);
    for (int const fd : {0, 1, 2})
        if (nothing >= 0)
            dup2(nothing, fd);
    execvp(argv[0], argv);
    auto const why = errno;
    static_cast<void>(!write(tell, &why, sizeof why));
    _exit(127);
}

/// Waits until it has ended, or kills it.
int await(pid_t pid, double seconds)
{
    auto const end = Clock::now() + std::chrono::duration<double>(seconds);
    int status = 0;
    bool late = false;
    useconds_t pause = 100;
    while (waitpid(pid, &status, WNOHANG) == 0) {
        if (Clock::now() > end) {
            late = true;
            kill(-pid, SIGKILL);
            waitpid(pid, &status, 0);
            break;
        }
        usleep(pause);
        pause = std::min<useconds_t>(pause * 3 / 2, 5'000);
    }
    kill(-pid, SIGKILL); // whatever it left behind
    if (late)
        return timed_out;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

} // namespace

std::expected<int, std::string> run_process(
    std::vector<std::string> const& words, ProcessLimits const& limits)
{
    std::vector<char*> argv;
    argv.reserve(words.size() + 1);
    for (auto const& w : words)
        argv.push_back(const_cast<char*>(w.c_str())); // exec takes them so and changes nothing
    argv.push_back(nullptr);
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0)
        return std::unexpected{fmt::format("cannot make a pipe: {}", std::strerror(errno))};
    auto const pid = fork();
    if (pid == 0)
        become(argv.data(), limits, ends[1]);
    close(ends[1]);
    int why = pid < 0 ? errno : 0;
    if (pid > 0) {
        setpgid(pid, pid); // here too: it may not have come that far
        static_cast<void>(!read(ends[0], &why, sizeof why));
    }
    close(ends[0]);
    auto const status = pid > 0 ? await(pid, limits.seconds) : 0;
    if (why != 0)
        return std::unexpected{fmt::format("cannot run {}: {}", words[0], std::strerror(why))};
    return status;
}

} // namespace touchstone::minimize
