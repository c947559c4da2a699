#include "oracles/worker_link.hpp"

#include <fmt/format.h>

#include <utility>

namespace touchstone {

using Json = nlohmann::json;

static constexpr int protocol = 1;
static constexpr std::chrono::seconds start_time{20};

static WorkerHello read_hello(Json const& j)
{
    if (auto const at = j.find("error"); at != j.end())
        throw std::runtime_error{at->get<std::string>()};
    if (auto const version = j.at("protocol").get<int>(); version != protocol)
        throw std::runtime_error{
            fmt::format("it speaks version {} of the protocol, not {}", version, protocol)};
    auto const shows = j.at("shows").get<std::string>();
    if (shows != "exports" && shows != "everything")
        throw std::runtime_error{"\"shows\" is neither \"exports\" nor \"everything\""};
    auto name = j.at("name").get<std::string>();
    auto code_base = j.value("code_base", name);
    return {.name = std::move(name),
        .version = j.at("version").get<std::string>(),
        .code_base = std::move(code_base),
        .shows_everything = shows == "everything",
        .has_sessions = j.value("sessions", false),
        .has_limits = j.value("counts_limits", false)};
}

std::expected<WorkerHello, std::string> WorkerLink::connect()
{
    auto started = WorkerProcess::start(command_);
    if (!started)
        return std::unexpected{started.error()};
    process_ = std::move(*started);
    auto const usual = std::exchange(time_, std::max<std::chrono::milliseconds>(time_, start_time));
    auto const answer = ask({{"do", "hello"}, {"protocol", protocol}});
    time_ = usual;
    if (!answer)
        return std::unexpected{answer.error().detail};
    try {
        return read_hello(*answer);
    } catch (std::exception const& e) {
        disconnect();
        return std::unexpected{std::string{e.what()}};
    }
}

std::expected<void, Death> WorkerLink::send(Json const& request)
{
    if (!connected())
        if (auto const again = connect(); !again)
            return std::unexpected{
                Death{End::Refused, "the worker does not start: " + again.error()}};
    deadline_ = WorkerProcess::Clock::now() + time_;
    return process_->send(request.dump(-1, ' ', false, Json::error_handler_t::replace), deadline_);
}

std::expected<Json, Death> WorkerLink::receive()
{
    auto const frame = process_->receive(deadline_);
    if (!frame) {
        auto death = frame.error();
        if (death.end == End::TimedOut)
            death.detail = fmt::format("no answer within {} ms", time_.count());
        return std::unexpected{std::move(death)};
    }
    auto json = Json::parse(*frame, nullptr, false);
    if (!json.is_object())
        return std::unexpected{give_up("no JSON object")};
    if (auto const at = json.find("error"); at != json.end() && !json.contains("protocol"))
        return std::unexpected{give_up(at->dump())};
    return json;
}

std::expected<Json, Death> WorkerLink::ask(Json const& request)
{
    if (auto const sent = send(request); !sent)
        return std::unexpected{sent.error()};
    return receive();
}

Death WorkerLink::give_up(std::string const& why)
{
    return process_->end(End::Crashed, "the worker's answer makes no sense: " + why);
}

WorkerLink WorkerLink::hand_over()
{
    WorkerLink other{command_, time_};
    other.process_ = std::move(process_);
    return other;
}

Json worker_limits(Limits const& limits)
{
    Json j{{"pages", limits.pages}, {"elements", limits.elements}, {"frames", limits.frames},
        {"stack_values", limits.stack_values}, {"heap_units", limits.heap_units},
        {"heap_counts_live", limits.heap_counts_live}};
    if (limits.fuel_per_call != Limits::none)
        j["fuel_per_call"] = limits.fuel_per_call;
    if (limits.fuel_per_instantiation != Limits::none)
        j["fuel_per_instantiation"] = limits.fuel_per_instantiation;
    return j;
}

} // namespace touchstone
