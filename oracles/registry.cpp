#include "oracles/registry.hpp"

#include "oracles/in_process.hpp"
#include "oracles/node.hpp"
#ifdef TOUCHSTONE_HAVE_WABT
#include "oracles/wabt.hpp"
#endif
#include "oracles/spawn.hpp"
#include "oracles/worker.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace touchstone {

using Made = std::expected<std::unique_ptr<Oracle>, std::string>;

struct Entry
{
    std::string_view name;
    std::string_view kind;
    Made (*make)();                                  ///< in this process
    Made (*start)(IsolationLimits const&) = nullptr; ///< or in its own
};

static Made make_wabt()
{
#ifdef TOUCHSTONE_HAVE_WABT
    return make_wabt_oracle();
#else
    return std::unexpected{TOUCHSTONE_WABT_MISSING};
#endif
}

static constexpr auto entries = std::to_array<Entry>({
    {"reference", "in-process", [] { return Made{make_reference_oracle()}; }},
    {"fast", "in-process", [] { return Made{make_fast_oracle()}; }},
    {"wabt", "in-process", make_wabt},
    {"node", "worker", nullptr, make_node_oracle},
});

static Entry const* find(std::string_view name)
{
    auto const* const found = std::ranges::find(entries, name, &Entry::name);
    return found == entries.end() ? nullptr : found;
}

static std::string unknown(std::string_view name)
{
    auto text = "there is no oracle \"" + std::string{name} + "\"; there are";
    for (auto const& e : entries)
        text.append(" ").append(e.name);
    return text + ", or NAME=COMMAND, NAME=FILE.toml";
}

/// Where nobody waits for many cases, as with test scripts.
static constexpr IsolationLimits unhurried{
    .time_per_case = std::chrono::seconds{30}, .memory_bytes = 8ULL << 30};

static Made make(Entry const& e)
{
    return e.start == nullptr ? e.make() : e.start(unhurried);
}

/// NAME=COMMAND: a worker that is in no list. NAME=FILE.toml: a command line that FILE describes.
static std::optional<Made> make_unlisted(std::string_view name, IsolationLimits const& limits)
{
    auto const equals = name.find('=');
    if (equals == 0 || equals == name.npos || find(name.substr(0, equals)) != nullptr)
        return std::nullopt;
    std::string const short_name{name.substr(0, equals)};
    std::string command{name.substr(equals + 1)};
    if (command.ends_with(".toml"))
        return make_spawn_oracle(short_name, command, limits);
    return make_worker_oracle(
        {.name = short_name, .arguments = {"/bin/sh", "-c", "exec " + command}, .command = command},
        limits);
}

std::vector<RegistryRow> list_oracles()
{
    std::vector<RegistryRow> rows;
    for (auto const& e : entries) {
        RegistryRow row{.name = std::string{e.name}, .kind = std::string{e.kind}};
        if (auto const made = make(e)) {
            row.usable = true;
            row.info = (*made)->info();
        } else {
            row.reason = made.error();
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<std::string_view> oracle_names()
{
    std::vector<std::string_view> names;
    for (auto const& e : entries)
        names.push_back(e.name);
    return names;
}

Made make_oracle(std::string_view name)
{
    if (auto const* const e = find(name))
        return make(*e);
    if (auto made = make_unlisted(name, unhurried))
        return *std::move(made);
    return std::unexpected{unknown(name)};
}

Made make_isolated_oracle(std::string_view name, IsolationLimits const& limits)
{
    if (auto const* const e = find(name))
        return e->start == nullptr ? isolate(e->make, limits) : e->start(limits);
    if (auto made = make_unlisted(name, limits))
        return *std::move(made);
    return std::unexpected{unknown(name)};
}

} // namespace touchstone
