#include "oracles/spawner.hpp"

#include "oracles/child_death.hpp"
#include "oracles/isolation_exchange.hpp"
#include "oracles/run_command.hpp"

#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <charconv>
#include <cstdlib>

namespace touchstone {

static constexpr int command_not_found = 127;

static CallObservation ended(End end, std::string detail)
{
    CallObservation o;
    o.end = end;
    o.detail = std::move(detail);
    return o;
}

/// A file that only this process and its children see, under a name that any program can open.
class ModuleFile
{
public:
    explicit ModuleFile(std::span<std::uint8_t const> bytes)
    {
        auto const* const folder = std::getenv("TMPDIR");
        path_ = std::string{folder == nullptr ? "/tmp" : folder} + "/touchstone-XXXXXX.wasm";
        isolation::Descriptor const file{mkstemps(path_.data(), 5)};
        written_ = file && write(file.get(), bytes.data(), bytes.size()) ==
                               static_cast<ssize_t>(bytes.size());
    }
    ~ModuleFile() { unlink(path_.c_str()); }
    ModuleFile(ModuleFile const&) = delete;
    ModuleFile& operator=(ModuleFile const&) = delete;

    [[nodiscard]] std::string const& path() const { return path_; }
    [[nodiscard]] bool written() const { return written_; }

private:
    std::string path_;
    bool written_ = false;
};

static void replace(std::string& word, std::string_view what, std::string const& by)
{
    for (auto at = word.find(what); at != word.npos; at = word.find(what, at + by.size()))
        word.replace(at, what.size(), by);
}

/// Signed or unsigned, decimal or 0x.
static std::optional<std::uint64_t> integer(std::string text)
{
    auto const is_negative = text.starts_with('-');
    if (is_negative)
        text.erase(0, 1);
    auto const base = text.starts_with("0x") ? 16 : 10;
    if (base == 16)
        text.erase(0, 2);
    std::uint64_t v = 0;
    auto const* const last = text.data() + text.size();
    auto const [end, error] = std::from_chars(text.data(), last, v, base);
    if (error != std::errc{} || end != last)
        return std::nullopt;
    return is_negative ? 0 - v : v;
}

/// The results, from the integers that the driver made of them.
static void set_values(
    CallObservation& o, ResultType const& types, std::vector<std::uint64_t> const& integers)
{
    std::size_t next = 0;
    for (auto const t : types) {
        auto const lo = integers[next++];
        if (t.kind == ValType::Kind::V128) {
            o.values.push_back({.kind = t.kind, .lo = lo, .hi = integers[next++]});
        } else if (t.is_ref()) {
            o.values_unseen |= lo == 0;
            o.values.push_back(Value::null_ref());
        } else {
            auto const is_narrow = t.kind == ValType::Kind::I32 || t.kind == ValType::Kind::F32;
            o.values.push_back({.kind = t.kind, .lo = is_narrow ? lo & 0xFFFF'FFFF : lo});
        }
    }
}

CallObservation Spawner::understood(
    std::string const& out, std::string const& error, int status, DriverModule const& d) const
{
    for (auto const& m : config_.meanings)
        for (auto const* const said : {&error, &out})
            if (auto const at = said->find(m.text); at != said->npos) {
                auto o = ended(m.end, said->substr(at, said->find('\n', at) - at));
                o.traps = m.end == End::Trapped ? m.traps : TrapSet{};
                return o;
            }
    if (WIFEXITED(status) && WEXITSTATUS(status) == command_not_found)
        return ended(End::Refused, "the command cannot be run");
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return ended(End::Refused, "no meaning is known of: " + (error.empty() ? out : error));

    std::vector<std::uint64_t> integers;
    for (auto at = std::sregex_iterator{out.begin(), out.end(), config_.result};
        at != std::sregex_iterator{}; ++at)
        if (auto const v = integer((*at)[1]))
            integers.push_back(*v);
    if (d.integers != 0 && integers.size() != d.integers)
        return ended(End::Refused, std::to_string(integers.size()) + " integers instead of " +
                                       std::to_string(d.integers) + " in: " + out);
    auto o = ended(End::Returned, {});
    if (d.integers != 0)
        set_values(o, d.results, integers);
    return o;
}

CallObservation Spawner::run(std::span<std::uint8_t const> bytes, DriverModule const& driver) const
{
    ModuleFile const file{bytes};
    if (!file.written())
        return ended(End::Refused, "cannot write " + file.path());
    auto words = config_.run;
    for (auto& w : words) {
        replace(w, "{module}", file.path());
        replace(w, "{function}", driver.function);
    }
    auto const end =
        run_command(words, {.time = limits_.time_per_case, .memory_bytes = limits_.memory_bytes});
    if (!end)
        return ended(End::Refused, end.error());
    if (end->timed_out)
        return ended(End::TimedOut,
            "no end within " + std::to_string(limits_.time_per_case.count()) + " ms");
    if (WIFSIGNALED(end->status)) {
        auto death = death_of(end->status, end->error);
        return ended(death.end, std::move(death.detail));
    }
    return understood(end->out, end->error, end->status, driver);
}

CallObservation Spawner::run(
    ValidModule const& module, std::span<Call const> before, DriverGoal const& goal) const
{
    auto const driver = with_driver(module, before, goal);
    return driver ? run(driver->bytes, *driver) : ended(End::Refused, driver.error());
}

CallObservation Spawner::refuse(std::span<std::uint8_t const> bytes) const
{
    return run(bytes, {.function = "touchstone"});
}

std::string Spawner::version() const
{
    auto const end = run_command(config_.version, {.time = std::chrono::seconds{10}});
    if (!end || !WIFEXITED(end->status) || WEXITSTATUS(end->status) != 0)
        return {};
    return end->out.substr(0, end->out.find('\n'));
}

} // namespace touchstone
