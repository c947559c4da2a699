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

/// A fault in a layer, and the process that hunts it.
struct Task
{
    std::size_t fault = 0;
    std::size_t layer = 0;
    pid_t process = -1;
    bool was_killed = false;
};

class Hunts
{
public:
    Hunts(Settings const& settings, std::function<void(Progress const&)> const& progress)
        : settings_{settings},
          progress_{progress},
          trails_{settings.faults.size() * settings.layers.size()}
    {
        for (std::size_t f = 0; f < settings.faults.size(); ++f)
            result_.faults.push_back({.fault = settings.faults[f],
                .hunts = std::vector<Hunt>(settings.layers.size()),
                .passes = {}});
        for (std::size_t l = 0; l < settings.layers.size(); ++l)
            for (std::size_t f = 0; f < settings.faults.size(); ++f)
                tasks_.push_back({.fault = f, .layer = l});
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
                watch(i);
                reap(i);
            }
        }
        result_.seconds = static_cast<double>(now_ms() - start) / 1'000;
        return std::move(result_);
    }

private:
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
            hunt(settings_.faults[t.fault], settings_.layers[t.layer], settings_, trails_[i]);
        if (t.process < 0) {
            std::erase(running_, i);
            throw CannotHunt{fmt::format("a process cannot be started: {}", strerror(errno))};
        }
    }

    /// Kills a hunter whose case hangs.
    void watch(std::size_t i)
    {
        auto& t = tasks_[i];
        // scripts have a limit of their own, and many cases each
        constexpr double script_seconds = 300;
        auto const patience = settings_.layers[t.layer] == suite_layer
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

    /// Of a case with the fault on: the next hunter looks whether it is silent without. Otherwise
    /// the case is no evidence.
    void died(std::size_t i, std::string const& how)
    {
        auto& trail = trails_[i];
        if (trail.stage == HuntStage::Faulty) {
            trail.died = true;
            auto const text = fmt::format("crash fast {}", how);
            std::memcpy(trail.signature, text.c_str(), text.size() + 1);
            return;
        }
        trail.died = false;
        ++trail.unsound;
        ++trail.index;
    }

    void finish(std::size_t i)
    {
        auto const& t = tasks_[i];
        auto const& trail = trails_[i];
        auto& h = result_.faults[t.fault].hunts[t.layer];
        h.layer = settings_.layers[t.layer];
        h.unsound = trail.unsound;
        h.cases = trail.index + (trail.noticed ? 1 : 0);
        if (trail.noticed)
            h.first = Sighting{
                .index = trail.index, .signature = trail.signature, .is_death = trail.died};
        std::erase(running_, i);
        ++done_;
        progress_(
            {.done = done_, .of = tasks_.size(), .fault = settings_.faults[t.fault], .hunt = h});
    }

    Settings const& settings_;
    std::function<void(Progress const&)> const& progress_;
    SharedArray<Trail> trails_;
    std::vector<Task> tasks_;
    std::vector<std::size_t> running_;
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
