#include "harness/campaign/supervisor.hpp"

#include "harness/campaign/regression.hpp"

#include <fmt/format.h>

#include <algorithm>
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

constexpr char const* hang = "hang";

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
    : settings_{settings}, memory_{settings.jobs}, workers_(settings.jobs), recorder_{settings}
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
        w.killed_for = hang;
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

/// The case on which a worker died is a finding, one that took too long if it does so again;
/// another worker goes on behind it.
void Supervisor::died(std::size_t i, std::string const& how)
{
    auto& slot = memory_.slots()[i];
    auto const stage = slot.stage.load();
    auto const index = slot.index.load();
    auto& w = workers_[i];
    // killed for a case that it finished in the meantime, or dead between two: no engine's fault
    auto const blameless = stage == 0 || (w.killed_for != nullptr && w.killed_at != index);
    read_messages();
    if (stage == stage_locating) {
        // counted and told already; somebody else locates it, on engines that may die
        recorder_.add({.index = index, .signature = {}, .detail = {}, .folder = {}}, true);
        slot.index = index + 1;
        slot.stage = 0;
    } else if (blameless) {
        result_.troubles.push_back(fmt::format("a worker died between cases: {}", how));
        constexpr unsigned patience = 5;
        if (++w.deaths_in_a_row > patience)
            stopping_ = true;
    } else {
        w.deaths_in_a_row = 0;
        auto const who =
            stage >= 2 ? result_.oracles[stage - 2].name : std::string{"generator or front end"};
        auto const signature = signature_of_death(result_.oracles[0].name, who, how);
        auto const detail = fmt::format("{} during case {}: {}", who, index, how);
        if (stage >= 2 && w.killed_for == hang) {
            recorder_.add({.index = index,
                              .signature = signature,
                              .detail = detail,
                              .folder = {},
                              .is_hang = true},
                true);
        } else {
            slot.tally.add_death();
            buckets_.found(signature, index, detail, true);
            if (stage >= 2 && w.killed_for == nullptr)
                recorder_.add({.index = index, .signature = {}, .detail = {}, .folder = {}}, true);
            else
                settle(index, std::nullopt);
        }
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
        understand(m);
}

void Supervisor::understand(Message const& m)
{
    using enum Message::What;
    switch (m.what) {
    case Found: buckets_.found(signature_in(m), m.index, m.detail, false); break;
    case FoundAndLocating: buckets_.found(signature_in(m), m.index, m.detail, true); break;
    case Located: settle(m.index, Location{.text = m.instruction, .effect = m.effect}); break;
    case NotLocated: settle(m.index, std::nullopt); break;
    }
}

/// The cause of a finding is known, as far as it will be; the first ones of a bucket are written.
void Supervisor::settle(std::uint64_t index, std::optional<Location> const& l)
{
    auto const settled = buckets_.settle(index, l);
    if (!settled || !settings_.out || settled->count > settings_.samples)
        return;
    auto const first = settled->count == 1;
    Recording r{.index = index,
        .signature = settled->signature,
        .detail = settled->detail,
        .folder = {},
        .minimized = first && settings_.minimize,
        .bucket = settled->bucket};
    r.folder = folder_of(r);
    recorder_.add(std::move(r), first);
}

std::string Supervisor::folder_of(Recording const& r) const
{
    auto const& cause = buckets_.all()[r.bucket].cause;
    return (*settings_.out / fmt::format("{:04}-{}", r.bucket + 1, folder_name(cause.text())) /
            fmt::format("{}-{}-{}", generators::name(settings_.kind), settings_.seed, r.index))
        .string();
}

/// Takes what recorders have done, and starts others.
void Supervisor::collect(std::size_t at_once)
{
    for (auto& done : recorder_.poll(at_once)) {
        if (done.written)
            buckets_.recorded(done.what.bucket, done.what.folder, done.cause, done.instructions);
        if (!done.trouble.empty())
            result_.troubles.push_back(done.trouble);
        if (done.what.is_hang)
            tried_again(done);
        else if (done.what.folder.empty())
            settle(done.what.index, done.location);
    }
}

/// A machine that was busy makes no finding: only what takes too long twice is a hang. It would
/// take its time at every step of being located, too.
void Supervisor::tried_again(Recorded const& done)
{
    auto const index = done.what.index;
    if (!done.hung && !done.diverged) {
        late_.add_timed_out(index);
        return;
    }
    late_.add_death();
    buckets_.found(done.what.signature, index, done.what.detail, true);
    settle(index, std::nullopt);
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

/// Writes the findings that are still waiting, but of the further samples of a bucket only what is
/// under way; after a signal one a bucket, after a second one none.
void Supervisor::write_rest(std::function<void(Progress const&)> const& progress)
{
    while (!recorder_.idle()) {
        recorder_.drop([this](Recording const& r) {
            if (r.is_hang && signals_caught > 1)
                late_.add_timed_out(r.index);
            return signals_caught > 1 ||
                   (caught_signal != 0 && !r.folder.empty() && buckets_.has_folder(r.bucket));
        });
        if (signals_caught > 1)
            recorder_.kill_all();
        collect(workers_.size());
        progress(progress_now());
        usleep(2'000);
    }
}

Progress Supervisor::progress_now() const
{
    Progress p{.seconds = static_cast<double>(now_ms() - started_ms_) / 1'000,
        .buckets = buckets_.all().size(),
        .waiting = recorder_.waiting()};
    for (auto const& s : memory_.slots())
        p.cases += s.tally.cases;
    return p;
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
    started_ms_ = now_ms();
    last_tick_ms_ = started_ms_;
    for (std::size_t i = 0; i < workers_.size(); ++i)
        spawn(i);
    while (any_alive()) {
        pollfd poller{.fd = read_end_, .events = POLLIN, .revents = 0};
        poll(&poller, 1, 100);
        tick();
        read_messages();
        auto const now = progress_now();
        if (caught_signal != 0 || stopping_ ||
            (settings_.seconds && now.seconds >= *settings_.seconds))
            stop_workers();
        for (std::size_t i = 0; i < workers_.size(); ++i) {
            watch(i);
            reap(i);
        }
        collect(1); // beside the workers
        progress(now);
    }
    read_messages();
    result_.seconds = progress_now().seconds;
    write_rest(progress);
    auto gathered = buckets_.gather();
    result_.buckets = std::move(gathered.buckets);
    result_.unlocated = gathered.unlocated;
    for (auto const& s : memory_.slots())
        result_.tally.add(s.tally);
    result_.tally.add(late_);
    result_.signal = caught_signal;
    return std::move(result_);
}

} // namespace touchstone::campaign
