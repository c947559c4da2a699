#include "oracles/registry.hpp"

#include "oracles/in_process.hpp"
#ifdef TOUCHSTONE_HAVE_WABT
#include "oracles/wabt.hpp"
#endif

#include <algorithm>
#include <array>

namespace touchstone {

using Made = std::expected<std::unique_ptr<Oracle>, std::string>;

struct Entry
{
    std::string_view name;
    std::string_view kind;
    Made (*make)();
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
    return text;
}

std::vector<RegistryRow> list_oracles()
{
    std::vector<RegistryRow> rows;
    for (auto const& e : entries) {
        RegistryRow row{.name = std::string{e.name}, .kind = std::string{e.kind}};
        if (auto const made = e.make()) {
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
    auto const* const e = find(name);
    return e == nullptr ? std::unexpected{unknown(name)} : e->make();
}

Made make_isolated_oracle(std::string_view name, IsolationLimits const& limits)
{
    auto const* const e = find(name);
    return e == nullptr ? std::unexpected{unknown(name)} : isolate(e->make, limits);
}

} // namespace touchstone
