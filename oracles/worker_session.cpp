#include "oracles/worker_session.hpp"

#include "oracles/base64.hpp"
#include "oracles/worker_request.hpp"
#include "oracles/worker_steps.hpp"
#include "oracles/worker_values.hpp"

#include <utility>

namespace touchstone {

using Json = nlohmann::json;

static CallObservation ended(End end, std::string detail)
{
    CallObservation o;
    o.end = end;
    o.detail = std::move(detail);
    return o;
}

class WorkerSession final : public Session
{
public:
    WorkerSession(WorkerLink link, FeatureSet features, SessionOptions const& options)
        : link_{std::move(link)},
          features_{features},
          profile_{options.profile},
          limits_{options.limits}
    {}

    [[nodiscard]] bool open()
    {
        history_.push_back({{"do", "open"}, {"limits", worker_limits(limits_)}});
        return link_.ask(history_.front()).has_value();
    }

    [[nodiscard]] CallObservation instantiate(
        std::span<std::uint8_t const> bytes, std::optional<Instance>& instance) override
    {
        instance.reset();
        auto module = prepare(bytes, profile_);
        if (auto const settled = settled_before(module, features_, limits_))
            return *settled;
        auto const number = static_cast<Instance>(modules_.size());
        modules_.push_back(std::move(module));
        auto seen =
            step({{"do", "instantiate"}, {"bytes", to_base64(bytes)}, {"instance", number}}, true);
        if (seen.end == End::Returned)
            instance = number;
        return seen;
    }

    [[nodiscard]] CallObservation validate(std::span<std::uint8_t const> bytes) override
    {
        if (auto const settled =
                settled_before(prepare(bytes, profile_), features_, Limits::for_run()))
            if (settled->end == End::Unsupported)
                return *settled;
        return step({{"do", "validate"}, {"bytes", to_base64(bytes)}}, false);
    }

    void register_as(std::string const& name, Instance instance) override
    {
        if (instance >= modules_.size())
            return;
        [[maybe_unused]] auto const answer =
            ask({{"do", "register"}, {"name", name}, {"instance", instance}}, true);
    }

    [[nodiscard]] CallObservation invoke(
        Instance instance, std::string const& function, std::span<Value const> args) override
    {
        auto const* const type =
            instance < modules_.size() ? exported_function(modules_[instance], function) : nullptr;
        if (type == nullptr)
            return ended(End::NotRun, "no such function");
        if (!arguments_fit(type->params, args))
            return ended(End::NotRun, "the arguments do not fit");
        auto texts = Json::array();
        for (auto const& a : args)
            texts.push_back(worker_text(a));
        return step({{"do", "invoke"}, {"instance", instance}, {"function", function},
                        {"args", std::move(texts)}},
            true);
    }

    [[nodiscard]] CallObservation get(Instance instance, std::string const& global) override
    {
        if (instance >= modules_.size() || !exports_global(modules_[instance], global))
            return ended(End::NotRun, "no such global");
        return step({{"do", "get"}, {"instance", instance}, {"global", global}}, false);
    }

private:
    CallObservation step(Json request, bool changes_state)
    {
        auto const answer = ask(std::move(request), changes_state);
        if (!answer)
            return ended(answer.error().end, answer.error().detail);
        try {
            return StepReader{}.read(answer->at("step"));
        } catch (std::exception const& e) {
            auto const death = link_.give_up(e.what());
            return ended(death.end, death.detail);
        }
    }

    std::expected<Json, Death> ask(Json request, bool changes_state)
    {
        if (!link_.connected() && !replay())
            return std::unexpected{Death{End::Refused, "the session is lost"}};
        auto answer = link_.ask(request);
        if (answer && changes_state)
            history_.push_back(std::move(request));
        return answer;
    }

    /// In a fresh worker, everything but what broke the last one.
    bool replay()
    {
        for (auto const& request : history_)
            if (!link_.ask(request))
                return false;
        return true;
    }

    WorkerLink link_;
    FeatureSet features_;
    FeatureSet profile_;
    Limits limits_;
    std::vector<PreparedModule> modules_; // by instance
    std::vector<Json> history_;
};

std::unique_ptr<Session> make_worker_session(
    WorkerLink link, FeatureSet features, SessionOptions const& options)
{
    auto session = std::make_unique<WorkerSession>(std::move(link), features, options);
    if (!session->open())
        return {};
    return session;
}

} // namespace touchstone
