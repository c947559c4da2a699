#include "oracles/worker_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

namespace touchstone {

static constexpr std::uint32_t most_bytes = 1U << 28;   // of a frame
static constexpr std::uint64_t file_bytes = 1ULL << 30; // also of what it says on standard error
static constexpr std::size_t header_bytes = 4;
static constexpr int look_ms = 100; // so often is it looked whether it lives

/// In the child: what no worker may change, then the worker.
[[noreturn]] static void become(
    std::vector<char*> const& arguments, std::uint64_t memory_bytes, int socket, int log)
{
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    rlimit const no_core{0, 0};
    setrlimit(RLIMIT_CORE, &no_core);
    rlimit const file{file_bytes, file_bytes};
    setrlimit(RLIMIT_FSIZE, &file);
    if (memory_bytes != 0) {
        // not the address space, of which engines reserve terabytes
        rlimit const data{memory_bytes, memory_bytes};
        setrlimit(RLIMIT_DATA, &data);
    }
    std::signal(SIGINT, SIG_DFL);
    dup2(socket, STDIN_FILENO);
    dup2(socket, STDOUT_FILENO);
    dup2(log, STDERR_FILENO);
    execvp(arguments[0], arguments.data());
    auto const* const why = std::strerror(errno);
    for (auto const* const text :
        {"cannot run ", static_cast<char const*>(arguments[0]), ": ", why})
        if (write(STDERR_FILENO, text, std::strlen(text)) < 0)
            break;
    _exit(127);
}

std::expected<std::unique_ptr<WorkerProcess>, std::string> WorkerProcess::start(
    WorkerCommand const& command)
{
    std::unique_ptr<WorkerProcess> p{new WorkerProcess};
    std::array<int, 2> ends{};
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
        return std::unexpected{std::string{"no socket for a worker: "} + std::strerror(errno)};
    p->socket_ = isolation::Descriptor{ends[0]};
    isolation::Descriptor const theirs{ends[1]};
    fcntl(p->socket_.get(), F_SETFL, O_NONBLOCK);
    p->log_ = isolation::Descriptor{memfd_create("touchstone-worker-log", MFD_CLOEXEC)};
    if (!p->log_)
        return std::unexpected{std::string{"no log for a worker: "} + std::strerror(errno)};
    fcntl(p->log_.get(), F_SETFL, O_APPEND);

    auto words = command.arguments;
    std::vector<char*> arguments;
    for (auto& w : words)
        arguments.push_back(w.data());
    arguments.push_back(nullptr);
    p->process_ = fork();
    if (p->process_ == 0)
        become(arguments, command.memory_bytes, theirs.get(), p->log_.get());
    if (p->process_ < 0)
        return std::unexpected{std::string{"cannot fork: "} + std::strerror(errno)};
    setpgid(p->process_, p->process_); // whoever comes first
    return p;
}

WorkerProcess::~WorkerProcess()
{
    int status = 0;
    kill_group(status);
}

void WorkerProcess::kill_group(int& status)
{
    if (process_ <= 0)
        return;
    kill(-process_, SIGKILL);
    while (waitpid(process_, &status, 0) < 0 && errno == EINTR) {}
    process_ = 0;
}

Death WorkerProcess::end(End why, std::string detail)
{
    int status = 0;
    kill_group(status);
    return {why, std::move(detail)};
}

/// It closed its output: it is about to end, or will never say anything again.
Death WorkerProcess::died()
{
    constexpr int patience_ms = 500;
    int status = 0;
    for (int waited = 0; waited < patience_ms; ++waited) {
        if (waitpid(process_, &status, WNOHANG) == process_) {
            kill(-process_, SIGKILL); // what it may have started
            process_ = 0;
            auto const words = last_words(log_.get());
            auto death = death_of(status, words);
            if (words.find("out of memory") != words.npos)
                death.end = End::Refused;
            return death;
        }
        usleep(1'000);
    }
    return end(End::Crashed, "it closed its standard output");
}

bool WorkerProcess::has_ended() const
{
    siginfo_t info{};
    return waitid(P_PID, static_cast<id_t>(process_), &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
           info.si_pid == process_;
}

std::expected<void, Death> WorkerProcess::wait_for(short events, Clock::time_point deadline)
{
    for (;;) {
        auto const left =
            std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
        if (left <= 0)
            return std::unexpected{end(End::TimedOut, "no answer in time")};
        pollfd event{socket_.get(), events, 0};
        auto const n = poll(&event, 1, static_cast<int>(std::min<std::int64_t>(left, look_ms)));
        if (n > 0)
            return {};
        if (n < 0 && errno != EINTR)
            return std::unexpected{end(End::Refused, std::strerror(errno))};
        if (n == 0 && has_ended()) // what it started may keep its output open
            return std::unexpected{died()};
    }
}

std::expected<void, Death> WorkerProcess::send(std::string_view message, Clock::time_point deadline)
{
    if (!alive() || message.size() > most_bytes)
        return std::unexpected{Death{End::Refused, "a request larger than a frame"}};
    std::string frame;
    for (unsigned shift = 0; shift < 32; shift += 8)
        frame += static_cast<char>(message.size() >> shift);
    frame += message;
    for (std::string_view rest = frame; !rest.empty();) {
        auto const n = ::send(socket_.get(), rest.data(), rest.size(), MSG_NOSIGNAL);
        if (n > 0) {
            rest.remove_prefix(static_cast<std::size_t>(n));
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            if (auto const ready = wait_for(POLLOUT, deadline); !ready)
                return ready;
        } else if (errno != EINTR) {
            return std::unexpected{died()};
        }
    }
    return {};
}

std::expected<void, Death> WorkerProcess::read_some(std::size_t wanted, Clock::time_point deadline)
{
    std::array<char, 65'536> buffer;
    while (received_.size() < wanted) {
        auto const n = recv(socket_.get(), buffer.data(), buffer.size(), 0);
        if (n > 0) {
            received_.append(buffer.data(), static_cast<std::size_t>(n));
        } else if (n == 0 || (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR)) {
            return std::unexpected{died()};
        } else if (auto const ready = wait_for(POLLIN, deadline); !ready) {
            return ready;
        }
    }
    return {};
}

std::expected<std::string, Death> WorkerProcess::receive(Clock::time_point deadline)
{
    if (!alive())
        return std::unexpected{Death{End::Refused, "the worker is gone"}};
    if (auto const read = read_some(header_bytes, deadline); !read)
        return std::unexpected{read.error()};
    std::uint32_t size = 0;
    for (unsigned i = 0; i < header_bytes; ++i)
        size |= std::uint32_t{static_cast<std::uint8_t>(received_[i])} << (8 * i);
    if (size > most_bytes)
        return std::unexpected{
            end(End::Crashed, "a frame of " + std::to_string(size) + " bytes: too many, or none")};
    if (auto const read = read_some(header_bytes + size, deadline); !read)
        return std::unexpected{read.error()};
    auto message = received_.substr(header_bytes, size);
    received_.erase(0, header_bytes + size);
    return message;
}

} // namespace touchstone
