#include "harness/mutants/mutants.hpp"

#include "harness/campaign/worker.hpp"
#include "harness/mutants/hunter.hpp"
#include "harness/mutants/sample.hpp"
#include "harness/mutants/shared_array.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

namespace touchstone::mutants {

namespace {

using campaign::now_ms;

/// Why hunting cannot go on; ends at `run`.
struct CannotHunt
{
    std::string why;
};

/// Some faults in a layer, and the process that hunts them.
struct Task
{
    std::size_t layer = 0;
    std::vector<std::size_t> faults;
    Party party;
    std::vector<bool> told; ///< by fault of the party: its hunt has ended
    pid_t process = -1;
    bool was_killed = false;
};

class Hunts
{
public:
    Hunts(Settings const& settings, std::function<void(Progress const&)> const& progress)
        : settings_{settings},
          progress_{progress},
          marks_{settings.faults.size() * settings.layers.size()},
          trails_{settings.layers.size() * std::size_t{2} * settings.jobs}
    {
        for (auto const& f : settings.faults)
            result_.faults.push_back(
                {.fault = f, .hunts = std::vector<Hunt>(settings.layers.size()), .passes = {}});
        for (std::size_t l = 0; l < settings.layers.size(); ++l)
            for (auto const is_shared : {false, true})
                for (unsigned part = 0; part < settings.jobs; ++part)
                    add_task(l, is_shared, part);
    }

    ~Hunts()
    {
        for (auto const i : running_) {
            kill(tasks_[i].process, SIGKILL);
            waitpid(tasks_[i].process, nullptr, 0);
        }
    }
    Hunts(Hunts const&) = delete;
    Hunts& operator=(Hunts const&) = delete;

    Result run()
    {
        auto const start = now_ms();
        std::size_t next = 0;
        while (next < tasks_.size() || !running_.empty()) {
            while (next < tasks_.size() && running_.size() < std::max(1U, settings_.jobs))
                begin(next++);
            usleep(2'000);
            auto const were_running = running_;
            for (auto const i : were_running) {
                tell_noticed(i);
                watch(i);
                reap(i);
            }
        }
        result_.seconds = static_cast<double>(now_ms() - start) / 1'000;
        return std::move(result_);
    }

private:
    /// The faults of one kind are dealt out among as many hunters as there may be.
    void add_task(std::size_t layer, bool is_shared, unsigned part)
    {
        Task t{.layer = layer};
        std::size_t of_kind = 0;
        for (std::size_t f = 0; f < settings_.faults.size(); ++f)
            if (settings_.faults[f].is_shared == is_shared && of_kind++ % settings_.jobs == part) {
                t.faults.push_back(f);
                t.party.faults.push_back(&settings_.faults[f]);
            }
        if (t.faults.empty())
            return;
        t.party.layer = settings_.layers[layer];
        t.party.marks = {&marks_[next_mark_], t.faults.size()};
        next_mark_ += t.faults.size();
        t.told.resize(t.faults.size());
        tasks_.push_back(std::move(t));
    }

    void begin(std::size_t i)
    {
        running_.push_back(i);
        spawn(i);
    }

    void spawn(std::size_t i)
    {
        auto& t = tasks_[i];
        t.was_killed = false;
        trails_[i].since_ms = now_ms();
        std::fflush(nullptr); // or the child would flush our buffers once more
        t.process = fork();
        if (t.process == 0)
            hunt(t.party, settings_, trails_[i]);
        if (t.process < 0) {
            std::erase(running_, i);
            throw CannotHunt{fmt::format("a process cannot be started: {}", strerror(errno))};
        }
    }

    /// Kills a hunter whose case hangs.
    void watch(std::size_t i)
    {
        auto& t = tasks_[i];
        constexpr double script_seconds = 120; // scripts have limits of their own, below this
        auto const patience = t.party.layer == suite_layer
                                  ? std::max(script_seconds, settings_.case_seconds)
                                  : settings_.case_seconds;
        auto const took = static_cast<double>(now_ms() - trails_[i].since_ms) / 1'000;
        if (!t.was_killed && took > patience) {
            t.was_killed = true;
            kill(t.process, SIGKILL);
        }
    }

    void reap(std::size_t i)
    {
        auto& t = tasks_[i];
        int status = 0;
        if (waitpid(t.process, &status, WNOHANG) != t.process)
            return;
        if (WIFEXITED(status) && WEXITSTATUS(status) == hunt_done)
            return finish(i);
        if (WIFEXITED(status) && WEXITSTATUS(status) == hunt_has_no_engines) {
            std::erase(running_, i);
            throw CannotHunt{"engines cannot be started"};
        }
        died(i, t.was_killed          ? std::string{"hang"}
                : WIFSIGNALED(status) ? fmt::format("signal {}", WTERMSIG(status))
                                      : fmt::format("exit {}", WEXITSTATUS(status)));
        spawn(i);
    }

    /// Of a case with a fault on: the next hunter looks whether it is silent without. Otherwise
    /// the case is no evidence for any fault.
    void died(std::size_t i, std::string const& how)
    {
        auto& trail = trails_[i];
        if (trail.stage == HuntStage::Faulty) {
            auto const text = fmt::format("crash fast {}", how);
            std::memcpy(trail.death, text.c_str(), text.size() + 1);
            return;
        }
        trail.death[0] = '\0';
        ++tasks_[i].party.marks[trail.fault].unsound;
        trail.fault = 0;
        ++trail.index;
    }

    void tell(std::size_t i, std::size_t k)
    {
        auto& t = tasks_[i];
        auto const& mark = t.party.marks[k];
        auto& h = result_.faults[t.faults[k]].hunts[t.layer];
        h.layer = t.party.layer;
        h.unsound = mark.unsound;
        h.cases = mark.noticed ? mark.index + 1 : trails_[i].index.load();
        if (mark.noticed)
            h.first = Sighting{
                .index = mark.index, .signature = mark.signature, .is_death = mark.is_death};
        t.told[k] = true;
        progress_({.done = ++done_,
            .of = settings_.faults.size() * settings_.layers.size(),
            .fault = *t.party.faults[k],
            .hunt = h});
    }

    void tell_noticed(std::size_t i)
    {
        auto const& t = tasks_[i];
        for (std::size_t k = 0; k < t.told.size(); ++k)
            if (!t.told[k] && t.party.marks[k].noticed)
                tell(i, k);
    }

    void finish(std::size_t i)
    {
        auto const& t = tasks_[i];
        for (std::size_t k = 0; k < t.told.size(); ++k)
            if (!t.told[k])
                tell(i, k);
        std::erase(running_, i);
    }

    Settings const& settings_;
    std::function<void(Progress const&)> const& progress_;
    SharedArray<Mark> marks_; ///< of all tasks, one after another
    SharedArray<Trail> trails_;
    std::vector<Task> tasks_;
    std::vector<std::size_t> running_;
    std::size_t next_mark_ = 0;
    std::size_t done_ = 0;
    Result result_;
};

} // namespace

bool FaultResult::is_killed() const
{
    return std::ranges::any_of(hunts, [](Hunt const& h) { return h.first.has_value(); });
}

bool FaultResult::is_killed_in(std::string_view layer) const
{
    return std::ranges::any_of(
        hunts, [layer](Hunt const& h) { return h.layer == layer && h.first.has_value(); });
}

std::uint64_t budget_of(std::string_view layer, Settings const& settings)
{
    return layer == suite_layer ? settings.scripts.size() : settings.budget;
}

std::expected<Result, std::string> run(
    Settings const& settings, std::function<void(Progress const&)> const& progress)
{
    for (auto const& f : settings.faults)
        f.turn(false);
    try {
        auto result = Hunts{settings, progress}.run();
        if (auto const sampled = sample(settings)) {
            result.sampled = sampled->cases;
            for (std::size_t f = 0; f < result.faults.size(); ++f)
                result.faults[f].passes = sampled->passes[f];
        }
        return result;
    } catch (CannotHunt const& e) {
        return std::unexpected{e.why};
    }
}

} // namespace touchstone::mutants
