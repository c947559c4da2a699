#include "harness/campaign/recorder.hpp"

#include "harness/campaign/finding.hpp"
#include "harness/campaign/worker.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

#include <csignal>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace touchstone::campaign {

namespace {

/// How long one may take; a hang, twice what a worker had.
std::int64_t patience_ms(Recording const& r, Settings const& settings)
{
    return r.is_hang ? static_cast<std::int64_t>(settings.case_seconds * 2'000) : 60'000;
}

nlohmann::json json_of(Location const& l)
{
    return {{"module", l.module}, {"function", l.function}, {"instruction", l.instruction},
        {"step", l.step}, {"text", l.text}, {"effect", l.effect}};
}

Location location_from(nlohmann::json const& j)
{
    return {.module = j.at("module"),
        .function = j.at("function"),
        .instruction = j.at("instruction"),
        .step = j.at("step"),
        .text = j.at("text"),
        .effect = j.at("effect")};
}

nlohmann::json json_of(Cause const& c)
{
    return {{"suspect", c.suspect}, {"oracles", c.oracles}, {"instruction", c.instruction},
        {"effect", c.effect}};
}

Cause cause_from(nlohmann::json const& j)
{
    return {.suspect = j.at("suspect"),
        .oracles = j.at("oracles"),
        .instruction = j.at("instruction"),
        .effect = j.at("effect")};
}

std::size_t instructions_of(Prepared const& prepared)
{
    std::size_t n = 0;
    for (auto const& m : prepared.modules)
        if (m)
            for (auto const& f : (*m)->module().funcs)
                n += f.body.instrs.size() - 1; // without the last `end`
    return n;
}

/// One finding in the process that looks at it.
class Work
{
public:
    Work(Settings const& settings, Panel panel, Recording const& what)
        : settings_{settings},
          panel_{std::move(panel)},
          what_{what},
          original_{generators::generate(settings.kind, settings.seed, what.index,
              settings.features & generated_features(panel_))}
    {}

    nlohmann::json run()
    {
        see(original_);
        nlohmann::json answer{{"diverged", diverged()}, {"timed_out", timed_out()}};
        if (diverged()) {
            if (what_.minimized)
                minimize();
            auto const signature = signature_of(case_, seen_, panel_);
            auto const subject = subject_of(case_, seen_, seen_.worst);
            location_ = locate(subject.what, panel_, seen_.worst, settings_.limits);
            auto const cause = cause_of(signature, location_);
            if (location_)
                answer["location"] = json_of(*location_);
            if (what_.minimized) {
                answer["instructions"] = instructions_of(prepare(case_));
                answer["cause"] = json_of(refined(cause, case_));
            }
        }
        if (!what_.folder.empty())
            if (auto const written = write(); !written)
                answer["trouble"] = written.error();
        return answer;
    }

private:
    [[nodiscard]] bool diverged() const { return seen_.outcome == OutcomeKind::Diverge; }

    [[nodiscard]] bool timed_out() const
    {
        return seen_.outcome == OutcomeKind::Inconclusive && seen_.reason == Reason::TimedOut;
    }

    void see(Case const& c)
    {
        case_ = c;
        seen_ = examine(case_, panel_, settings_.limits, [](std::size_t) {});
    }

    void minimize()
    {
        auto const wanted = signature_of(case_, seen_, panel_);
        see_afresh(settings_.minimize(original_, panel_, wanted));
        if (!diverged() || signature_of(case_, seen_, panel_) != wanted)
            see_afresh(original_); // it does not stand by itself
    }

    /// On engines that have not run anything yet.
    void see_afresh(Case const& c)
    {
        if (auto fresh = settings_.make_panel(settings_.oracles, Isolation::All))
            panel_ = *std::move(fresh);
        see(c);
    }

    [[nodiscard]] std::expected<void, std::string> write()
    {
        auto const changed = case_ != original_;
        return write_finding(
            {.what = case_,
                .original = changed ? std::optional{original_} : std::nullopt,
                .signature = diverged() ? signature_of(case_, seen_, panel_) : what_.signature,
                .location = location_,
                .command = repro_command(settings_, what_.index),
                .detail = diverged() ? seen_.members[seen_.worst].judgement.judgement.detail
                                     : what_.detail,
                .examination = seen_},
            panel_, what_.folder);
    }

    Settings const& settings_;
    Panel panel_;
    Recording const& what_;
    Case original_;
    Case case_;
    Examination seen_;
    std::optional<Location> location_;
};

[[noreturn]] void record(Settings const& settings, Recording const& what, int answer_to)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    // the terminal's ^C goes to everybody; the supervisor decides
    std::signal(SIGINT, SIG_IGN);
    std::signal(SIGTERM, SIG_DFL);
    auto panel = settings.make_panel(settings.oracles, Isolation::All);
    if (!panel)
        _exit(3);
    auto const text = Work{settings, *std::move(panel), what}.run().dump(
        -1, ' ', false, nlohmann::json::error_handler_t::replace);
    for (std::size_t done = 0; done < text.size();) {
        auto const n = write(answer_to, text.data() + done, text.size() - done);
        if (n < 0 && errno != EINTR)
            _exit(4);
        done += n > 0 ? static_cast<std::size_t>(n) : 0;
    }
    _exit(0);
}

std::string read_all(int from)
{
    std::string text;
    std::array<char, 4'096> block{};
    while (true) {
        auto const n = read(from, block.data(), block.size());
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return text;
        text.append(block.data(), static_cast<std::size_t>(n));
    }
}

void understand(nlohmann::json const& answer, Recorded& r)
{
    r.diverged = answer.at("diverged");
    r.hung = r.what.is_hang && answer.at("timed_out");
    if (answer.contains("location"))
        r.location = location_from(answer["location"]);
    if (answer.contains("cause"))
        r.cause = cause_from(answer["cause"]);
    if (answer.contains("instructions"))
        r.instructions = answer["instructions"];
    r.written = !r.what.folder.empty() && !answer.contains("trouble");
    if (answer.contains("trouble"))
        r.trouble = fmt::format(
            "{}: could not be written: {}", r.what.folder, answer["trouble"].get<std::string>());
    else if (!r.diverged && !r.what.is_hang)
        r.trouble = fmt::format(
            "case {}: the divergence did not show again in fresh processes", r.what.index);
}

} // namespace

Recorder::~Recorder()
{
    kill_all();
    for (auto const& r : running_) {
        waitpid(r.pid, nullptr, 0);
        close(r.read_end);
    }
}

void Recorder::add(Recording what, bool urgent)
{
    if (urgent)
        waiting_.push_front(std::move(what));
    else
        waiting_.push_back(std::move(what));
}

void Recorder::start(Recording what)
{
    std::array<int, 2> ends{-1, -1};
    std::fflush(nullptr); // or the child would flush our buffers once more
    auto const pid = pipe2(ends.data(), O_CLOEXEC) == 0 ? fork() : -1;
    if (pid == 0) {
        close(ends[0]);
        record(settings_, what, ends[1]);
    }
    if (pid < 0) {
        auto const why = std::string{std::strerror(errno)};
        for (auto const end : ends)
            if (end >= 0)
                close(end);
        Recorded r{.what = std::move(what)};
        r.trouble = fmt::format("case {} could not be looked at again: {}", r.what.index, why);
        failed_.push_back(std::move(r));
        return;
    }
    close(ends[1]);
    running_.push_back(
        {.what = std::move(what), .pid = pid, .read_end = ends[0], .since_ms = now_ms()});
}

Recorded Recorder::finish(Running& r, int status)
{
    auto const text = read_all(r.read_end);
    close(r.read_end);
    Recorded done{.what = std::move(r.what)};
    if (done.what.is_hang && r.too_long) {
        done.hung = true;
        return done;
    }
    auto const answer = nlohmann::json::parse(text, nullptr, false);
    if (answer.is_object())
        understand(answer, done);
    else
        done.trouble = fmt::format("case {} could not be looked at again ({} {})", done.what.index,
            WIFSIGNALED(status) ? "signal" : "exit",
            WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
    return done;
}

std::vector<Recorded> Recorder::poll(std::size_t at_once)
{
    auto done = std::exchange(failed_, {});
    for (std::size_t i = 0; i < running_.size();) {
        auto& r = running_[i];
        if (now_ms() - r.since_ms > patience_ms(r.what, settings_)) {
            r.too_long = true;
            kill(r.pid, SIGKILL);
        }
        int status = 0;
        if (waitpid(r.pid, &status, WNOHANG) != r.pid) {
            ++i;
            continue;
        }
        done.push_back(finish(r, status));
        running_.erase(running_.begin() + static_cast<std::ptrdiff_t>(i));
    }
    while (running_.size() < at_once && !waiting_.empty()) {
        auto next = std::move(waiting_.front());
        waiting_.pop_front();
        start(std::move(next));
    }
    return done;
}

void Recorder::kill_all()
{
    for (auto const& r : running_)
        kill(r.pid, SIGKILL);
}

} // namespace touchstone::campaign
