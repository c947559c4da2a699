#include "harness/minimize/minimize.hpp"

#include "cases/file.hpp"
#include "cli/commands.hpp"
#include "cli/json_output.hpp"
#include "cli/options.hpp"
#include "cli/sound_here.hpp"
#include "cli/stop_signals.hpp"
#include "harness/minimize/command.hpp"
#include "harness/minimize/divergence.hpp"
#include "harness/minimize/output.hpp"
#include "harness/minimize/predicate.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <filesystem>
#include <limits>
#include <optional>

#include <csignal>

namespace touchstone::cli {

namespace {

struct Wanted
{
    std::string input;
    std::vector<std::string> oracles{"reference", "fast", "wabt"};
    std::string out;
    std::optional<std::string> predicate;
    double timeout = 10;
    double seconds = 0;
    std::optional<std::uint64_t> tries;
    bool quiet = false;
    std::string json;

    [[nodiscard]] minimize::Budget budget() const
    {
        minimize::Budget b;
        if (seconds > 0)
            b.seconds = seconds;
        b.tries = tries.value_or(b.tries);
        return b;
    }
};

/// What the case is held against: engines and a signature, or a command.
struct Question
{
    std::optional<minimize::Panels> panels;
    std::unique_ptr<SoundHere> sound; ///< from when the panels are there
    std::optional<campaign::Signature> signature;
    std::unique_ptr<minimize::CommandPredicate> command;
};

Exit complain(Io io, Exit exit, std::string_view what)
{
    fmt::print(io.err, "touchstone minimize: {}\n", what);
    return exit;
}

std::expected<Question, Exit> question_of(Wanted const& wanted, Case const& c, Io io)
{
    Question q;
    if (wanted.predicate) {
        auto words = minimize::split_command(*wanted.predicate);
        if (!words)
            return std::unexpected{complain(io, Exit::Usage, "--predicate: " + words.error())};
        auto made =
            minimize::CommandPredicate::make(*std::move(words), {.seconds = wanted.timeout});
        if (!made)
            return std::unexpected{complain(io, Exit::Internal, made.error())};
        q.command = *std::move(made);
        return q;
    }
    auto panels = minimize::make_panels(wanted.oracles);
    if (!panels)
        return std::unexpected{complain(io, Exit::OracleMissing, panels.error())};
    q.panels = *std::move(panels);
    q.sound = std::make_unique<SoundHere>();
    q.signature = minimize::signature_now(c, q.panels->fresh, Limits::for_campaign());
    if (!q.signature)
        return std::unexpected{complain(io, Exit::NothingRan,
            fmt::format("{}: the engines do not diverge on it, there is nothing to minimize",
                wanted.input))};
    return q;
}

/// Says how far it has come, and writes the best so far, both now and then.
class Recorder
{
public:
    Recorder(Io io, bool quiet, minimize::BestFolder const& folder)
        : io_{io}, quiet_{quiet}, folder_{folder}
    {}

    void keep(Case const& c)
    {
        best_ = c;
        if (Clock::now() >= next_write_)
            write();
    }

    void write()
    {
        if (!best_)
            return;
        if (auto const written = folder_.write(*best_); !written)
            trouble_ = written.error();
        best_.reset();
        next_write_ = Clock::now() + std::chrono::milliseconds{500};
    }

    void show(minimize::Progress const& p)
    {
        auto const now = Clock::now();
        if (quiet_ || now < next_line_)
            return;
        next_line_ = now + std::chrono::milliseconds{io_.err_is_terminal ? 500 : 10'000};
        fmt::print(io_.err, "{}minimize: {} tries, {} instructions, {} bytes{}",
            io_.err_is_terminal ? "\r" : "", p.tries, p.instructions, p.bytes,
            io_.err_is_terminal ? "\x1b[K" : "\n");
        std::fflush(io_.err);
        shown_ = true;
    }

    void clear() const
    {
        if (shown_ && io_.err_is_terminal)
            fmt::print(io_.err, "\r\x1b[K");
    }

    [[nodiscard]] std::optional<std::string> const& trouble() const { return trouble_; }

private:
    using Clock = std::chrono::steady_clock;

    Io io_;
    bool quiet_;
    minimize::BestFolder const& folder_;
    std::optional<Case> best_; ///< not written yet
    std::optional<std::string> trouble_;
    bool shown_ = false;
    Clock::time_point next_line_ = Clock::now() + std::chrono::seconds{2};
    Clock::time_point next_write_ = Clock::now();
};

std::expected<minimize::Result, std::string> search(
    Wanted const& wanted, Case const& c, Question const& q, Recorder& recorder)
{
    auto const keep = [&recorder](Case const& best) {
        if (stop_signal() == 0)
            recorder.keep(best);
    };
    auto const go_on = [&](minimize::Progress const& p) {
        recorder.show(p);
        return stop_signal() == 0 && !recorder.trouble() && !(q.command && q.command->trouble());
    };
    if (!q.command)
        return minimize::minimize_divergence(
            c, *q.panels, *q.signature, wanted.budget(), keep, go_on);
    // what a command answers while everything is told to stop is no answer
    auto const interesting = [&q](Case const& candidate) {
        auto const trial = (*q.command)(candidate);
        return stop_signal() == 0 ? trial : minimize::Trial::Not;
    };
    return minimize::minimize(c, interesting, wanted.budget(), keep, go_on);
}

nlohmann::ordered_json to_json(Wanted const& wanted, Case const& before, Question const& q,
    minimize::Result const& r, minimize::BestFolder const& folder)
{
    nlohmann::ordered_json j{{"schema", "touchstone.minimize/1"}, {"case", wanted.input},
        {"origin", before.origin}, {"folder", folder.where().string()}};
    j["predicate"] = q.command ? nlohmann::ordered_json(*wanted.predicate) : nullptr;
    j["signature"] = q.signature ? nlohmann::ordered_json(q.signature->text()) : nullptr;
    j["suspect"] = q.signature ? nlohmann::ordered_json(q.signature->suspect) : nullptr;
    j["bytes_before"] = minimize::module_bytes(before);
    j["bytes_after"] = minimize::module_bytes(r.best);
    j["code_bytes_before"] = minimize::code_bytes(before);
    j["code_bytes_after"] = minimize::code_bytes(r.best);
    j["instructions_before"] = minimize::instruction_count(before);
    j["instructions_after"] = minimize::instruction_count(r.best);
    j["calls_before"] = before.calls.size();
    j["calls_after"] = r.best.calls.size();
    j["tries"] = r.tries;
    j["accepted"] = r.accepted;
    j["slipped"] = r.slipped;
    j["seconds"] = r.seconds;
    j["complete"] = r.complete;
    j["interrupted"] = stop_signal() != 0;
    return j;
}

void print_result(Case const& before, Question const& q, minimize::Result const& r,
    minimize::BestFolder const& folder, Io io)
{
    if (q.signature)
        fmt::print(
            io.out, "signature: {}, suspect: {}\n", q.signature->text(), q.signature->suspect);
    fmt::print(io.out,
        "{} -> {} instructions, {} -> {} bytes, {} -> {} modules, {} -> {} calls\n"
        "{} tries in {:.2f} s, {} of them diverged otherwise and were not taken{}\n"
        "written to {}\n",
        minimize::instruction_count(before), minimize::instruction_count(r.best),
        minimize::module_bytes(before), minimize::module_bytes(r.best), before.modules.size(),
        r.best.modules.size(), before.calls.size(), r.best.calls.size(), r.tries, r.seconds,
        r.slipped, r.complete ? "" : "; ended before all was tried", folder.where().string());
}

/// A finding's folder where there is a signature, so that `repro` shows it again.
std::expected<void, std::string> write_last(
    minimize::BestFolder const& folder, Question const& q, Case const& best)
{
    if (q.command)
        return folder.write(best);
    auto e = campaign::examine(best, q.panels->fresh, Limits::for_campaign(), [](std::size_t) {});
    campaign::Finding const f{.what = best,
        .signature = *q.signature,
        .command = fmt::format("touchstone repro {}", folder.where().string()),
        .detail = e.members[e.worst].judgement.judgement.detail,
        .examination = std::move(e)};
    return folder.write(f, q.panels->fresh);
}

Exit exit_of_signal()
{
    switch (stop_signal()) {
    case SIGINT: return Exit::Interrupted;
    case SIGTERM: return Exit::Terminated;
    default: return Exit::Ok;
    }
}

Exit minimize_case(Wanted const& wanted, Io io)
{
    auto const c = load_case(wanted.input);
    if (!c)
        return complain(io, Exit::Usage, c.error());
    minimize::BestFolder const folder{wanted.out};
    if (auto const fit = folder.check(); !fit)
        return complain(io, Exit::Usage, fit.error());
    StopSignals const signals;
    auto const q = question_of(wanted, *c, io);
    if (!q)
        return q.error();
    Recorder recorder{io, wanted.quiet, folder};
    auto const r = search(wanted, *c, *q, recorder);
    recorder.clear();
    if (q->command && q->command->trouble())
        return complain(io, Exit::Usage, "--predicate: " + *q->command->trouble());
    if (stop_signal() != 0 && !r)
        return exit_of_signal();
    if (!r)
        return complain(io, Exit::NothingRan, fmt::format("{}: {}", wanted.input, r.error()));
    if (auto const written = write_last(folder, *q, r->best); !written || recorder.trouble())
        return complain(io, Exit::Internal, written ? *recorder.trouble() : written.error());
    print_result(*c, *q, *r, folder, io);
    if (!wanted.json.empty())
        if (auto const stop = write_json(to_json(wanted, *c, *q, *r, folder), wanted.json, io))
            return *stop;
    return exit_of_signal();
}

/// "cases/x.wasm" and "cases/x/" as "cases/x.min".
std::string default_folder(std::filesystem::path path)
{
    path = path.lexically_normal();
    if (path == "." || path.filename() == "..")
        path = std::filesystem::absolute(path).lexically_normal();
    if (!path.has_filename())
        path = path.parent_path();
    if (path.filename() == "case.json")
        path = path.parent_path();
    auto const extension = path.extension();
    if (extension == ".wasm" || extension == ".wat")
        path.replace_extension();
    return path.string() + ".min";
}

Exit run_minimize(Args args, Io io)
{
    Wanted wanted;
    Options options{args, io};
    options.positional("CASE", wanted.input, "a case's or finding's folder, or a module")
        .list("--oracles", wanted.oracles, "engines; the reference always takes part")
        .value("--out", wanted.out, "a folder for the minimized case (CASE.min)")
        .value(
            "--predicate", wanted.predicate, "a command that exits 0 where a case is interesting")
        .value("--timeout", wanted.timeout, "seconds that the command may take (10)")
        .value("--time", wanted.seconds, "seconds after which the best so far is taken")
        .value("--tries", wanted.tries, "candidates after which the best so far is taken")
        .flag("--quiet", wanted.quiet, "no progress")
        .json(wanted.json);
    if (auto const stop = options.parse())
        return *stop;
    if (wanted.seconds < 0 || wanted.timeout <= 0 || wanted.timeout > 86'400)
        return options.usage_error("--time must not be negative, --timeout from 0 to 86400");
    if (wanted.out.empty())
        wanted.out = default_folder(wanted.input);
    std::error_code ignored;
    if (std::filesystem::equivalent(wanted.input, wanted.out, ignored))
        return options.usage_error("--out is the case itself, which would be lost");
    return minimize_case(wanted, io);
}

} // namespace

constexpr Command minimize_command{
    .name = "minimize",
    .summary = "Shrink a case on which engines differ to the least that still shows it",
    .help = R"(Usage: touchstone minimize CASE [--oracles NAME,...] [--out FOLDER] [--time SECONDS]
       touchstone minimize CASE --predicate 'COMMAND {}' [--out FOLDER]

Keeps a candidate only if the engines still diverge with the same signature (who, about what, at which
instruction), so that it does not end at another bug. The best so far is in FOLDER at any moment.

With --predicate a command decides instead: exit status 0 is interesting. `{}` in it stands for the candidate's
folder (case.json, 0.wasm, ...), `{wasm}` for its last module, `{wat}` for that as text, `{wast}` for a script that
asserts what the reference does. Quotes keep words together; no shell is involved (write sh -c '...' for one).

Examples:
    # a folder that `fuzz --out` wrote
    $ touchstone minimize findings/0001-values-reference-fast-i32/mixed-1-4711
    # a module, on two engines, for at most a minute
    $ touchstone minimize bad.wasm --oracles reference,wabt --time 60 --out small
    # an engine without adapter, which passes when it disagrees with the reference
    $ touchstone minimize bad.wasm --predicate 'sh -c "! my-engine --script $0" {wast}'

Exit status: 0 minimized, 2 wrong usage or input, 3 an oracle is unusable, 4 the result cannot be written,
5 the case is not interesting or an empty one is, 130 or 143 interrupted (the best so far is written).
)",
    .run = run_minimize,
};

} // namespace touchstone::cli
