#include "oracles/isolation_child.hpp"

#include "oracles/wire.hpp"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>

namespace touchstone::isolation {

static constexpr std::uint64_t log_bytes = 64ULL << 20;

static void limit(__rlimit_resource resource, std::uint64_t most)
{
    rlimit const l{most, most};
    setrlimit(resource, &l);
}

static Progress* progress_of_this_process = nullptr; // a new-handler takes no argument

static void move_out(IsolationLimits const& limits, Exchange& exchange, pid_t server)
{
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != server)
        _exit(0);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_FSIZE, log_bytes);
    if (!sanitized)
        limit(RLIMIT_DATA, limits.memory_bytes);
    progress_of_this_process = &exchange.progress();
    std::set_new_handler([] {
        progress_of_this_process->out_of_memory = 1;
        _exit(1);
    });
}

static void begin(Progress& p, std::uint32_t request)
{
    p.steps = 0;
    p.started = now();
    p.current = request;
}

static void end(Progress& p, std::uint32_t request, std::size_t answered)
{
    p.answered = answered;
    p.finished = request + 1;
    p.current = Progress::none;
}

static void serve_batch(Oracle& oracle, Exchange& exchange, std::uint32_t requests)
{
    auto& p = exchange.progress();
    wire::Reader r{exchange.requests()};
    wire::Writer w{exchange.answers()};
    oracle.watch([&](CallObservation const& step) {
        wire::write(w, step);
        if (w.fits())
            p.steps += 1;
    });
    auto const limits = wire::read_limits(r);
    for (std::uint32_t i = 0; i < requests; ++i) {
        auto const c = wire::read_case(r);
        auto const answered = w.size();
        begin(p, i);
        Task const task{&c, c.calls.size()};
        auto const seen = oracle.observe({&task, 1}, limits);
        w.rewind(answered); // the whole observation takes the place of its steps
        wire::write(w, seen.empty() ? Observation{} : seen.front());
        if (!w.fits())
            break; // the parent asks again, with what was answered out of the way
        end(p, i, w.size());
    }
    p.current = Progress::none;
    oracle.watch({});
}

static CallObservation serve(Oracle& oracle, std::unique_ptr<Session>& session, wire::Reader& r,
    std::optional<Session::Instance>& instance)
{
    CallObservation seen;
    auto const request =
        r.enumerator<SessionRequest>(static_cast<std::size_t>(SessionRequest::Get) + 1);
    if (request == SessionRequest::Open) {
        session = oracle.session({.limits = wire::read_limits(r)});
        if (session)
            seen.end = End::Returned;
        return seen;
    }
    if (!session)
        return seen;
    switch (request) {
    case SessionRequest::Open: break;
    case SessionRequest::Instantiate: seen = session->instantiate(r.bytes(), instance); break;
    case SessionRequest::Validate: seen = session->validate(r.bytes()); break;
    case SessionRequest::Register:
    {
        auto const which = r.u32();
        session->register_as(r.text(), which);
        break;
    }
    case SessionRequest::Invoke:
    {
        auto const which = r.u32();
        auto const function = r.text();
        std::vector<Value> args;
        for (auto n = r.count(); n > 0; --n)
            args.push_back(wire::read_value(r));
        seen = session->invoke(which, function, args);
        break;
    }
    case SessionRequest::Get:
    {
        auto const which = r.u32();
        seen = session->get(which, r.text());
        break;
    }
    }
    return seen;
}

static void serve_session(Oracle& oracle, std::unique_ptr<Session>& session, Exchange& exchange)
{
    auto& p = exchange.progress();
    wire::Reader r{exchange.requests()};
    wire::Writer w{exchange.answers()};
    begin(p, 0);
    std::optional<Session::Instance> instance;
    auto const seen = serve(oracle, session, r, instance);
    w.u32(instance.value_or(~Session::Instance{0}));
    wire::write(w, seen);
    if (w.fits())
        end(p, 0, w.size());
    p.current = Progress::none;
}

void run_child(
    Oracle& oracle, IsolationLimits const& limits, Endpoints const& ends, Exchange& exchange)
{
    move_out(limits, exchange, getppid());
    std::unique_ptr<Session> session;
    Message m;
    while (receive(ends.work, m)) {
        if (m.word == Word::Session)
            serve_session(oracle, session, exchange);
        else
            serve_batch(oracle, exchange, m.value);
        if (!send(ends.work, {Word::Answered, 0}))
            break;
    }
    _exit(0);
}

} // namespace touchstone::isolation
