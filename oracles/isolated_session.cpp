#include "oracles/isolated_session.hpp"

#include "oracles/isolation_process.hpp"
#include "oracles/wire.hpp"

#include <utility>

namespace touchstone {

using isolation::Process;
using isolation::SessionRequest;
using isolation::Word;

class IsolatedSession final : public Session
{
public:
    explicit IsolatedSession(std::unique_ptr<Process> process) : process_{std::move(process)} {}

    [[nodiscard]] bool open(Limits const& limits)
    {
        auto const seen =
            ask(SessionRequest::Open, [&](wire::Writer& w) { wire::write(w, limits); }, true);
        return seen.end == End::Returned;
    }

    [[nodiscard]] CallObservation instantiate(
        std::span<std::uint8_t const> module, std::optional<Instance>& instance) override
    {
        auto seen =
            ask(SessionRequest::Instantiate, [&](wire::Writer& w) { w.bytes(module); }, true);
        instance = made_;
        return seen;
    }

    [[nodiscard]] CallObservation validate(std::span<std::uint8_t const> module) override
    {
        return ask(SessionRequest::Validate, [&](wire::Writer& w) { w.bytes(module); }, false);
    }

    void register_as(std::string const& name, Instance instance) override
    {
        auto const request = [&](wire::Writer& w) {
            w.u32(instance);
            w.text(name);
        };
        static_cast<void>(ask(SessionRequest::Register, request, true));
    }

    [[nodiscard]] CallObservation invoke(
        Instance instance, std::string const& function, std::span<Value const> args) override
    {
        auto const request = [&](wire::Writer& w) {
            w.u32(instance);
            w.text(function);
            w.u64(args.size());
            for (auto const& a : args)
                wire::write(w, a);
        };
        return ask(SessionRequest::Invoke, request, true);
    }

    [[nodiscard]] CallObservation get(Instance instance, std::string const& global) override
    {
        auto const request = [&](wire::Writer& w) {
            w.u32(instance);
            w.text(global);
        };
        return ask(SessionRequest::Get, request, false);
    }

private:
    template <class Put>
    CallObservation ask(SessionRequest what, Put put, bool changes_state)
    {
        made_.reset();
        auto const room = process_->exchange().requests();
        wire::Writer w{room};
        w.u8(static_cast<std::uint8_t>(what));
        put(w);
        CallObservation seen;
        if (!w.fits()) {
            seen.end = End::Refused;
            seen.detail = "larger than the exchange";
            return seen;
        }
        auto const packed = room.first(w.size());
        std::vector<std::uint8_t> request{packed.begin(), packed.end()};
        if (!process_->has_child() && !replay()) {
            seen.detail = "the session is lost";
            return seen;
        }
        seen = ask(request);
        if (changes_state && process_->has_child())
            history_.push_back(std::move(request));
        return seen;
    }

    CallObservation ask(std::vector<std::uint8_t> const& request)
    {
        std::ranges::copy(request, process_->exchange().requests().begin());
        auto const reply = process_->ask({Word::Session, 1});
        CallObservation seen;
        if (reply.end != End::Returned) {
            seen.end = reply.end;
            seen.detail = reply.detail;
            return seen;
        }
        if (process_->exchange().progress().finished == 0) {
            seen.end = End::Refused;
            seen.detail = "an answer larger than the exchange";
            return seen;
        }
        wire::Reader r{process_->exchange().answers()};
        if (auto const made = r.u32(); made != ~Instance{0})
            made_ = made;
        return wire::read_step(r);
    }

    /// In a fresh child, everything but what broke the last one.
    bool replay()
    {
        for (auto const& request : history_) {
            static_cast<void>(ask(request));
            if (!process_->has_child())
                return false;
        }
        made_.reset();
        return true;
    }

    std::unique_ptr<Process> process_;
    std::vector<std::vector<std::uint8_t>> history_;
    std::optional<Instance> made_; // by the last request
};

std::unique_ptr<Session> make_isolated_session(
    MakeOracle const& make, IsolationLimits const& isolation, Limits const& limits)
{
    auto process = Process::start(make, isolation);
    if (!process)
        return {};
    auto session = std::make_unique<IsolatedSession>(std::move(*process));
    if (!session->open(limits))
        return {};
    return session;
}

} // namespace touchstone
