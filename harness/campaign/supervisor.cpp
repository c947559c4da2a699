#include "harness/campaign/supervisor.hpp"

#include "harness/campaign/finding.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <fstream>
#include <new>

#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace touchstone::campaign {

namespace {

std::sig_atomic_t volatile caught_signal = 0;
std::sig_atomic_t volatile signals_caught = 0;

void on_signal(int signal)
{
    caught_signal = signal;
    signals_caught = signals_caught + 1;
}

/// SIGINT and SIGTERM are noted instead of obeyed while this lives.
class NotedSignals
{
public:
    NotedSignals()
    {
        caught_signal = 0;
        signals_caught = 0;
        struct sigaction note{};
        note.sa_handler = on_signal;
        sigaction(SIGINT, &note, &old_int_);
        sigaction(SIGTERM, &note, &old_term_);
    }
    ~NotedSignals()
    {
        sigaction(SIGINT, &old_int_, nullptr);
        sigaction(SIGTERM, &old_term_, nullptr);
    }
    NotedSignals(NotedSignals const&) = delete;
    NotedSignals& operator=(NotedSignals const&) = delete;

private:
    struct sigaction old_int_{};
    struct sigaction old_term_{};
};

std::uint64_t resident_bytes(pid_t pid)
{
    std::ifstream statm{fmt::format("/proc/{}/statm", pid)};
    std::uint64_t size = 0;
    std::uint64_t resident = 0;
    statm >> size >> resident;
    return resident * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

/// "values reference/fast i32" as a folder name: values-reference-fast-i32.
std::string slug(std::string_view text)
{
    std::string s;
    for (char const c : text) {
        if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.' || c == '_')
            s += c;
        else if (!s.empty() && s.back() != '-')
            s += '-';
    }
    return s.substr(0, 80);
}

Signature signature_in(Message const& m)
{
    return {.suspect = m.suspect,
        .oracles = m.oracles,
        .kind = m.kind,
        .classes = m.classes,
        .instruction = m.instruction};
}

} // namespace

SharedMemory::SharedMemory(unsigned workers)
    : bytes_{sizeof(Shared) + alignof(Slot) + sizeof(Slot) * workers}, count_{workers}
{
    base_ = mmap(nullptr, bytes_, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (base_ == MAP_FAILED)
        throw std::bad_alloc{};
    shared_ = new (base_) Shared{};
    void* after = shared_ + 1;
    auto room = bytes_ - sizeof(Shared);
    slots_ = static_cast<Slot*>(std::align(alignof(Slot), sizeof(Slot) * workers, after, room));
    for (std::size_t i = 0; i < count_; ++i)
        new (slots_ + i) Slot{};
}

SharedMemory::~SharedMemory()
{
    munmap(base_, bytes_);
}

Supervisor::Supervisor(Settings const& settings, std::vector<OracleInfo> oracles)
    : settings_{settings}, memory_{settings.jobs}, workers_(settings.jobs)
{
    result_.oracles = std::move(oracles);
    memory_.shared().next = settings.first;
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0)
        throw std::bad_alloc{};
    read_end_ = ends[0];
    write_end_ = ends[1];
    fcntl(read_end_, F_SETFL, O_NONBLOCK);
}

Supervisor::~Supervisor()
{
    for (auto const& w : workers_)
        if (w.pid > 0) {
            kill(w.pid, SIGKILL);
            waitpid(w.pid, nullptr, 0);
        }
    if (recorder_ > 0) {
        kill(recorder_, SIGKILL);
        waitpid(recorder_, nullptr, 0);
    }
    close(read_end_);
    close(write_end_);
}

void Supervisor::spawn(std::size_t i)
{
    std::fflush(nullptr); // or the child would flush our buffers once more
    auto const pid = fork();
    if (pid == 0) {
        close(read_end_);
        work(settings_, memory_.shared(), memory_.slots()[i], write_end_);
    }
    if (pid < 0) {
        result_.troubles.push_back(fmt::format("a worker cannot be started: {}", strerror(errno)));
        stopping_ = true;
    }
    workers_[i].pid = pid;
    workers_[i].killed_for = nullptr;
}

/// Kills a worker whose engine hangs or has blown up.
void Supervisor::watch(std::size_t i)
{
    auto& w = workers_[i];
    auto const& slot = memory_.slots()[i];
    if (w.pid <= 0 || w.killed_for != nullptr)
        return;
    w.killed_at = slot.index;
    auto const since = std::max(slot.since_ms.load(), clock_floor_ms_);
    auto const took = static_cast<double>(now_ms() - since) / 1'000;
    if (slot.stage != 0 && took > settings_.case_seconds)
        w.killed_for = "hang";
    else if (resident_bytes(w.pid) > settings_.worker_bytes)
        w.killed_for = "memory";
    if (w.killed_for != nullptr)
        kill(w.pid, SIGKILL);
}

void Supervisor::reap(std::size_t i)
{
    auto& w = workers_[i];
    int status = 0;
    if (w.pid <= 0 || waitpid(w.pid, &status, WNOHANG) != w.pid)
        return;
    w.pid = -1;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 3) {
        result_.troubles.emplace_back("a worker could not start its engines");
        stopping_ = true;
        return;
    }
    if (w.killed_for != nullptr)
        died(i, w.killed_for);
    else if (WIFSIGNALED(status))
        died(i, fmt::format("signal {}", WTERMSIG(status)));
    else
        died(i, fmt::format("exit {}", WEXITSTATUS(status)));
}

/// The case on which a worker died is a finding; another worker goes on behind it.
void Supervisor::died(std::size_t i, std::string const& how)
{
    auto& slot = memory_.slots()[i];
    auto const stage = slot.stage.load();
    auto const index = slot.index.load();
    auto& w = workers_[i];
    // killed for a case that it finished in the meantime, or dead between two: no engine's fault
    auto const blameless = stage == 0 || (w.killed_for != nullptr && w.killed_at != index);
    if (blameless) {
        result_.troubles.push_back(fmt::format("a worker died between cases: {}", how));
        constexpr unsigned patience = 5;
        if (++w.deaths_in_a_row > patience)
            stopping_ = true;
    } else {
        w.deaths_in_a_row = 0;
        auto const who =
            stage >= 2 ? result_.oracles[stage - 2].name : std::string{"generator or front end"};
        slot.tally.add_death();
        add(signature_of_death(who, how), index,
            fmt::format("{} during case {}: {}", who, index, how));
        slot.index = index + 1;
        slot.stage = 0;
    }
    if (!stopping_)
        spawn(i);
}

void Supervisor::read_messages()
{
    Message m{};
    while (read(read_end_, &m, sizeof m) == static_cast<ssize_t>(sizeof m))
        add(signature_in(m), m.index, m.detail);
}

void Supervisor::add(Signature const& s, std::uint64_t index, std::string const& detail)
{
    auto at = std::ranges::find(result_.buckets, s, &Bucket::signature);
    if (at == result_.buckets.end()) {
        result_.buckets.push_back(
            {.signature = s, .count = 0, .first_index = index, .detail = detail, .folders = {}});
        at = std::prev(result_.buckets.end());
    }
    ++at->count;
    if (settings_.out && at->count <= settings_.samples)
        to_record_.push_back({.bucket = static_cast<std::size_t>(at - result_.buckets.begin()),
            .index = index,
            .detail = detail});
}

std::filesystem::path Supervisor::folder_of(Recording const& r) const
{
    auto const& s = result_.buckets[r.bucket].signature;
    return *settings_.out / fmt::format("{:04}-{}", r.bucket + 1, slug(s.text())) /
           fmt::format("{}-{}-{}", generators::name(settings_.kind), settings_.seed, r.index);
}

/// In a process of its own: makes the case again, runs it on isolated engines, writes the folder.
void Supervisor::record(Recording const& r, std::filesystem::path const& folder)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    auto const panel = settings_.make_panel(settings_.oracles, Isolation::All);
    if (!panel)
        _exit(3);
    auto const c = generators::generate(settings_.kind, settings_.seed, r.index,
        settings_.features & panel->members[0].info.features);
    Finding const f{.what = c,
        .signature = result_.buckets[r.bucket].signature,
        .command = repro_command(settings_, r.index),
        .detail = r.detail,
        .examination = examine(c, *panel, settings_.limits, [](std::size_t) {})};
    auto const written = write_finding(f, *panel, folder);
    if (!written) {
        fmt::print(stderr, "touchstone: {}\n", written.error());
        std::fflush(stderr);
        _exit(4);
    }
    _exit(f.examination.outcome == OutcomeKind::Diverge ? 0 : 1);
}

void Supervisor::record_next()
{
    if (recorder_ > 0 || to_record_.empty())
        return;
    recording_ = to_record_.front();
    to_record_.pop_front();
    recorder_since_ = now_ms();
    std::fflush(nullptr);
    auto const folder = folder_of(recording_);
    recorder_ = fork();
    if (recorder_ == 0)
        record(recording_, folder);
    if (recorder_ < 0)
        result_.troubles.push_back(
            fmt::format("case {} could not be written: {}", recording_.index, strerror(errno)));
}

void Supervisor::finish_recording()
{
    if (recorder_ <= 0)
        return;
    constexpr std::int64_t patience_ms = 60'000;
    if (now_ms() - recorder_since_ > patience_ms || signals_caught > 1)
        kill(recorder_, SIGKILL);
    int status = 0;
    if (waitpid(recorder_, &status, WNOHANG) == 0)
        return;
    recorder_ = -1;
    auto const folder = folder_of(recording_).string();
    auto const code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    if (code == 0 || code == 1)
        result_.buckets[recording_.bucket].folders.push_back(folder);
    if (code == 1)
        result_.troubles.push_back(
            fmt::format("{}: the divergence did not show again in fresh processes", folder));
    else if (code != 0)
        result_.troubles.push_back(fmt::format("{}: could not be written", folder));
}

bool Supervisor::any_alive() const
{
    return std::ranges::any_of(workers_, [](Worker const& w) { return w.pid > 0; });
}

/// When this process itself did not run for a while (stopped, suspended, starved), neither did the
/// workers: their clocks start anew.
void Supervisor::tick()
{
    auto const now = now_ms();
    constexpr std::int64_t gap_ms = 1'000;
    if (now - last_tick_ms_ > gap_ms)
        clock_floor_ms_ = now;
    last_tick_ms_ = now;
}

/// Writes the findings that are still waiting: after a signal one a bucket, after a second one
/// none.
void Supervisor::write_rest()
{
    while (recorder_ > 0 || !to_record_.empty()) {
        if (caught_signal != 0)
            std::erase_if(to_record_, [this](Recording const& r) {
                return signals_caught > 1 || !result_.buckets[r.bucket].folders.empty();
            });
        finish_recording();
        record_next();
        usleep(2'000);
    }
}

/// Lets workers finish their case; who takes too long is killed by `watch`.
void Supervisor::stop_workers()
{
    stopping_ = true;
    memory_.shared().stop = true;
}

Result Supervisor::run(std::function<void(Progress const&)> const& progress)
{
    NotedSignals const signals;
    auto const start = now_ms();
    last_tick_ms_ = start;
    auto const seconds = [start] { return static_cast<double>(now_ms() - start) / 1'000; };
    for (std::size_t i = 0; i < workers_.size(); ++i)
        spawn(i);
    while (any_alive()) {
        pollfd poller{.fd = read_end_, .events = POLLIN, .revents = 0};
        poll(&poller, 1, 100);
        tick();
        read_messages();
        if (caught_signal != 0 || stopping_ ||
            (settings_.seconds && seconds() >= *settings_.seconds))
            stop_workers();
        for (std::size_t i = 0; i < workers_.size(); ++i) {
            watch(i);
            reap(i);
        }
        finish_recording();
        record_next();
        std::uint64_t cases = 0;
        for (auto const& s : memory_.slots())
            cases += s.tally.cases;
        progress({.seconds = seconds(), .cases = cases, .buckets = result_.buckets.size()});
    }
    read_messages();
    result_.seconds = seconds();
    write_rest();
    for (auto const& s : memory_.slots())
        result_.tally.add(s.tally);
    result_.signal = caught_signal;
    return std::move(result_);
}

} // namespace touchstone::campaign
