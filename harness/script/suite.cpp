#include "harness/script/suite.hpp"

#include "harness/script/file_report_json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <exception>
#include <new>
#include <optional>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace touchstone::script {

namespace {

using Clock = std::chrono::steady_clock;

/// The line that each process is at, readable after its death.
class Lines
{
public:
    explicit Lines(std::size_t n) : bytes_{std::max<std::size_t>(n, 1) * sizeof(Line)}
    {
        auto* const at =
            mmap(nullptr, bytes_, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        if (at == MAP_FAILED)
            throw std::bad_alloc{};
        lines_ = static_cast<Line*>(at);
    }
    ~Lines() { munmap(lines_, bytes_); }
    Lines(Lines const&) = delete;
    Lines& operator=(Lines const&) = delete;

    using Line = std::atomic<std::uint32_t>;
    static_assert(Line::is_always_lock_free);
    [[nodiscard]] Line& operator[](std::size_t i) { return lines_[i]; }

private:
    std::size_t bytes_;
    Line* lines_ = nullptr;
};

/// A file on an engine, and the process that runs it.
struct Task
{
    std::string const* path = nullptr;
    EngineSource const* engine = nullptr;
    pid_t process = -1;
    int pipe = -1;
    std::string answer;
    Clock::time_point deadline;
    bool timed_out = false;
};

class SuiteRun
{
public:
    SuiteRun(std::vector<std::string> const& files, std::vector<EngineSource> const& engines,
        SuiteOptions const& options)
        : options_{options}, lines_{files.size() * engines.size()}
    {
        for (auto const& f : files)
            for (auto const& e : engines)
                tasks_.push_back({.path = &f, .engine = &e});
        report_.files.resize(tasks_.size());
    }

    ~SuiteRun()
    {
        for (auto const i : running_) {
            kill(tasks_[i].process, SIGKILL);
            close(tasks_[i].pipe);
            waitpid(tasks_[i].process, nullptr, 0);
        }
    }
    SuiteRun(SuiteRun const&) = delete;
    SuiteRun& operator=(SuiteRun const&) = delete;

    SuiteReport run()
    {
        std::size_t next = 0;
        while (next < tasks_.size() || !running_.empty()) {
            while (next < tasks_.size() && running_.size() < std::max(1U, options_.jobs))
                start(next++);
            wait();
        }
        rusage self{};
        getrusage(RUSAGE_SELF, &self);
        note_memory(self);
        return std::move(report_);
    }

private:
    void start(std::size_t i)
    {
        auto& t = tasks_[i];
        std::array<int, 2> ends{};
        if (pipe2(ends.data(), O_CLOEXEC) != 0)
            return finish(i, lost(t, std::strerror(errno), Verdict::Failed));
        std::fflush(nullptr); // what is buffered must not be written twice
        auto const parent = getpid();
        t.process = fork();
        if (t.process == 0) {
            prctl(PR_SET_PDEATHSIG, SIGKILL);
            if (getppid() == parent)
                answer(t, i, ends[1]);
            _exit(0);
        }
        close(ends[1]);
        if (t.process < 0) {
            close(ends[0]);
            return finish(i, lost(t, std::strerror(errno), Verdict::Failed));
        }
        t.pipe = ends[0];
        t.deadline = Clock::now() + options_.timeout;
        running_.push_back(i);
    }

    /// In the child.
    void answer(Task const& t, std::size_t i, int to)
    {
        auto const text = to_json(run_here(t, i));
        for (std::string_view rest = text; !rest.empty();) {
            auto const n = write(to, rest.data(), rest.size());
            if (n < 0 && errno == EINTR)
                continue;
            if (n <= 0)
                return;
            rest.remove_prefix(static_cast<std::size_t>(n));
        }
    }

    /// In the child.
    FileReport run_here(Task const& t, std::size_t i)
    {
        try {
            auto const oracle = t.engine->make();
            if (!oracle)
                return lost(t, "the engine cannot be used on this machine", Verdict::Failed);
            auto report =
                run_file(*t.path, *oracle, options_, [&](std::uint32_t line) { lines_[i] = line; });
            report.oracle = t.engine->name;
            return report;
        } catch (std::bad_alloc const&) {
            return lost(t, "out of memory", Verdict::Failed);
        } catch (std::exception const& e) {
            return lost(t, e.what(), Verdict::Crashed);
        }
    }

    /// The report of a file whose process did not bring one.
    FileReport lost(Task const& t, std::string why, Verdict verdict)
    {
        FileReport r{.path = *t.path, .oracle = t.engine->name, .directives = 1};
        (verdict == Verdict::Crashed ? r.crashed : r.failed) = 1;
        r.failures.push_back({.line = lines_[static_cast<std::size_t>(&t - tasks_.data())],
            .directive = "script",
            .verdict = verdict,
            .expected = "the script to run to its end",
            .got = std::move(why)});
        return r;
    }

    /// Until something happens.
    void wait()
    {
        std::vector<pollfd> polled;
        auto first = Clock::time_point::max();
        for (auto const i : running_) {
            polled.push_back({.fd = tasks_[i].pipe, .events = POLLIN, .revents = 0});
            first = std::min(first, tasks_[i].deadline);
        }
        auto const left =
            std::chrono::ceil<std::chrono::milliseconds>(first - Clock::now()).count();
        auto const ready = poll(polled.data(), polled.size(),
            static_cast<int>(std::clamp<std::int64_t>(left, 0, 60'000)));
        if (ready < 0)
            return;
        auto const now = Clock::now();
        auto const were_running = running_;
        for (std::size_t p = 0; p < polled.size(); ++p) {
            auto const i = were_running[p];
            if (polled[p].revents != 0 && !read_some(tasks_[i])) {
                end(i);
            } else if (now >= tasks_[i].deadline && !tasks_[i].timed_out) {
                tasks_[i].timed_out = true;
                kill(tasks_[i].process, SIGKILL);
            }
        }
    }

    /// False at the end.
    static bool read_some(Task& t)
    {
        std::array<char, 65'536> buffer;
        auto const n = read(t.pipe, buffer.data(), buffer.size());
        if (n > 0)
            t.answer.append(buffer.data(), static_cast<std::size_t>(n));
        return n > 0 || (n < 0 && errno == EINTR);
    }

    void end(std::size_t i)
    {
        auto& t = tasks_[i];
        close(t.pipe);
        int status = 0;
        rusage used{};
        while (wait4(t.process, &status, 0, &used) < 0 && errno == EINTR) {}
        std::erase(running_, i);
        report_.user_seconds += static_cast<double>(used.ru_utime.tv_sec) +
                                static_cast<double>(used.ru_utime.tv_usec) / 1e6;
        note_memory(used);
        if (auto report = report_from_json(t.answer))
            return finish(i, std::move(*report));
        if (t.timed_out)
            return finish(i, lost(t, fmt::format("no end within {} s", options_.timeout.count()),
                                 Verdict::Failed));
        auto const why = WIFSIGNALED(status)
                             ? fmt::format("crashed: {}", strsignal(WTERMSIG(status)))
                             : fmt::format("ended with status {}", WEXITSTATUS(status));
        finish(i, lost(t, why, Verdict::Crashed));
    }

    void finish(std::size_t i, FileReport report)
    {
        if (options_.done)
            options_.done(report);
        report_.files[i] = std::move(report);
    }

    void note_memory(rusage const& used)
    {
        report_.peak_rss_bytes =
            std::max(report_.peak_rss_bytes, static_cast<std::uint64_t>(used.ru_maxrss) * 1024);
    }

    SuiteOptions const& options_;
    Lines lines_;
    std::vector<Task> tasks_;
    std::vector<std::size_t> running_;
    SuiteReport report_;
};

} // namespace

SuiteReport run_suite(std::vector<std::string> const& files,
    std::vector<EngineSource> const& engines, SuiteOptions const& options)
{
    return SuiteRun{files, engines, options}.run();
}

} // namespace touchstone::script
