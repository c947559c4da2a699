#include "oracles/run_command.hpp"

#include "oracles/isolation_exchange.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

namespace touchstone {

using isolation::Descriptor;

static constexpr std::uint64_t most_output = 16ULL << 20;

[[noreturn]] static void become(
    std::vector<char*> const& words, std::uint64_t memory_bytes, int out, int error)
{
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    rlimit const no_core{0, 0};
    setrlimit(RLIMIT_CORE, &no_core);
    rlimit const file{most_output, most_output};
    setrlimit(RLIMIT_FSIZE, &file);
    rlimit const data{memory_bytes, memory_bytes};
    if (memory_bytes != 0)
        setrlimit(RLIMIT_DATA, &data);
    auto const nothing = open("/dev/null", O_RDONLY);
    if (nothing >= 0 && out >= 0 && error >= 0) {
        dup2(nothing, STDIN_FILENO);
        dup2(out, STDOUT_FILENO);
        dup2(error, STDERR_FILENO);
        execvp(words[0], words.data());
    }
    _exit(127);
}

static std::string contents(int file)
{
    std::string text;
    std::array<char, 4096> buffer;
    for (ssize_t n = 0;
        (n = pread(file, buffer.data(), buffer.size(), static_cast<off_t>(text.size()))) > 0;)
        text.append(buffer.data(), static_cast<std::size_t>(n));
    return text;
}

/// True if it ended in time.
static bool await(pid_t process, std::chrono::milliseconds time, int& status)
{
    auto const deadline = std::chrono::steady_clock::now() + time;
    for (useconds_t pause = 200;; pause = std::min<useconds_t>(pause * 2, 10'000)) {
        if (waitpid(process, &status, WNOHANG) == process)
            return true;
        if (std::chrono::steady_clock::now() > deadline)
            return false;
        usleep(pause);
    }
}

std::expected<CommandEnd, std::string> run_command(
    std::vector<std::string> const& words, CommandLimits const& limits)
{
    Descriptor const out{memfd_create("touchstone-out", MFD_CLOEXEC)};
    Descriptor const error{memfd_create("touchstone-error", MFD_CLOEXEC)};
    if (!out || !error)
        return std::unexpected{
            std::string{"no file for a command's output: "} + std::strerror(errno)};
    fcntl(out.get(), F_SETFL, O_APPEND);
    fcntl(error.get(), F_SETFL, O_APPEND);
    auto copies = words;
    std::vector<char*> arguments;
    for (auto& w : copies)
        arguments.push_back(w.data());
    arguments.push_back(nullptr);
    auto const process = fork();
    if (process == 0)
        become(arguments, limits.memory_bytes, out.get(), error.get());
    if (process < 0)
        return std::unexpected{std::string{"cannot fork: "} + std::strerror(errno)};
    setpgid(process, process); // whoever comes first
    CommandEnd end;
    end.timed_out = !await(process, limits.time, end.status);
    kill(-process, SIGKILL);
    if (end.timed_out)
        while (waitpid(process, &end.status, 0) < 0 && errno == EINTR) {}
    end.out = contents(out.get());
    end.error = contents(error.get());
    return end;
}

} // namespace touchstone
