#include "oracles/isolated.hpp"

#include "oracles/isolated_session.hpp"
#include "oracles/isolation_process.hpp"
#include "oracles/wire.hpp"

#include <utility>

namespace touchstone {

using isolation::Process;
using isolation::Reply;
using isolation::Word;

static CallObservation ended(Reply const& reply)
{
    CallObservation o;
    o.end = reply.end;
    o.detail = reply.detail;
    return o;
}

/// What was seen of a task before its engine broke, the step in which it did, and the rest.
static Observation broken_off(
    Task const& task, std::vector<CallObservation> steps, Reply const& reply)
{
    auto const modules = task.what->modules.size();
    auto const all = modules + std::min(task.calls, task.what->calls.size());
    if (steps.size() < all)
        steps.push_back(ended(reply));
    steps.resize(all);
    Observation o;
    auto const calls = steps.begin() + static_cast<std::ptrdiff_t>(modules);
    o.instantiations.assign(std::move_iterator{steps.begin()}, std::move_iterator{calls});
    o.calls.assign(std::move_iterator{calls}, std::move_iterator{steps.end()});
    if (o.instantiations.empty() && o.calls.empty())
        o.instantiations.push_back(ended(reply)); // a case of nothing, and yet it broke
    return o;
}

class IsolatedOracle final : public Oracle
{
public:
    IsolatedOracle(std::unique_ptr<Process> process, MakeOracle make, IsolationLimits const& limits)
        : process_{std::move(process)},
          make_{std::move(make)},
          limits_{limits},
          info_{process_->info()}
    {}

    [[nodiscard]] OracleInfo const& info() const override { return info_; }

    [[nodiscard]] std::vector<Observation> observe(
        std::span<Task const> tasks, Limits const& limits) override
    {
        std::vector<Observation> seen;
        seen.reserve(tasks.size());
        while (seen.size() < tasks.size())
            observe_some(tasks.subspan(seen.size()), limits, seen);
        return seen;
    }

    [[nodiscard]] std::unique_ptr<Session> session(SessionOptions const& options) override
    {
        return make_isolated_session(make_, limits_, options.limits);
    }

private:
    /// One batch; at least one observation is added.
    void observe_some(
        std::span<Task const> tasks, Limits const& limits, std::vector<Observation>& seen)
    {
        if (served_ >= limits_.cases_per_child || !process_->has_child()) {
            process_->end_child();
            served_ = 0;
        }
        if (process_->lost())
            restart();

        auto const batch = pack(
            tasks.first(std::min<std::size_t>(tasks.size(), limits_.cases_per_child - served_)),
            limits);
        if (batch == 0) {
            seen.push_back(
                broken_off(tasks.front(), {}, {End::Refused, "larger than the exchange"}));
            return;
        }
        auto const reply = process_->ask({Word::Batch, batch});
        collect(tasks.first(batch), reply, seen);
    }

    /// How many fit.
    std::uint32_t pack(std::span<Task const> tasks, Limits const& limits)
    {
        wire::Writer w{process_->exchange().requests()};
        wire::write(w, limits);
        std::uint32_t packed = 0;
        for (auto const& t : tasks) {
            auto const before = w.size();
            wire::write(w, t);
            if (!w.fits()) {
                w.rewind(before);
                break;
            }
            ++packed;
        }
        large_ |= w.size() > large;
        return packed;
    }

    void collect(std::span<Task const> batch, Reply const& reply, std::vector<Observation>& seen)
    {
        auto& exchange = process_->exchange();
        auto const& p = exchange.progress();
        auto const finished = std::min<std::size_t>(p.finished, batch.size());
        wire::Reader r{exchange.answers()};
        for (std::size_t i = 0; i < finished; ++i)
            seen.push_back(wire::read_observation(r));
        served_ += static_cast<std::uint32_t>(finished);
        large_ |= p.answered > large;

        auto const broke = reply.end != End::Returned;
        if (finished < batch.size()) {
            // a child that ended between two requests leaves nobody to blame, unless it did nothing
            if (broke && (p.current == finished || finished == 0))
                seen.push_back(broken_off(batch[finished], steps_before_the_end(r), reply));
            else if (finished == 0)
                seen.push_back(broken_off(
                    batch.front(), {}, {End::Refused, "an answer larger than the exchange"}));
        }
        if (std::exchange(large_, false))
            exchange.shrink();
    }

    [[nodiscard]] std::vector<CallObservation> steps_before_the_end(wire::Reader& r)
    {
        std::vector<CallObservation> steps;
        for (auto n = process_->exchange().progress().steps.load(); n > 0 && r.ok(); --n)
            steps.push_back(wire::read_step(r));
        return steps;
    }

    /// Only if somebody killed the server: this process has grown, so that it forks more slowly.
    void restart()
    {
        if (auto again = Process::start(make_, limits_))
            process_ = std::move(*again);
    }

    static constexpr std::size_t large = 1 << 20;

    std::unique_ptr<Process> process_;
    MakeOracle make_;
    IsolationLimits limits_;
    OracleInfo info_;
    std::uint32_t served_ = 0; // by the child that there is
    bool large_ = false;
};

std::expected<std::unique_ptr<Oracle>, std::string> isolate(
    MakeOracle make, IsolationLimits const& limits)
{
    auto process = Process::start(make, limits);
    if (!process)
        return std::unexpected{process.error()};
    return std::make_unique<IsolatedOracle>(std::move(*process), std::move(make), limits);
}

} // namespace touchstone
