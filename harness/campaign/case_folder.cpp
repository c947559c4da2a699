#include "harness/campaign/case_folder.hpp"

#include "cases/file.hpp"
#include "cases/wast.hpp"
#include "engine/binary/decode.hpp"
#include "engine/text/print.hpp"
#include "harness/campaign/examine.hpp"
#include "oracles/outcome_seen.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <fstream>

namespace touchstone::campaign {

namespace fs = std::filesystem;

namespace {

Expected expected_of(CallObservation const& seen)
{
    switch (seen.end) {
    case End::Returned:
        return {.end = Expected::End::Returned, .values = seen.values, .message = {}};
    case End::Trapped:
        for (std::size_t i = 0; i < trap_count; ++i)
            if (seen.traps.has(static_cast<Trap>(i)))
                return {.end = Expected::End::Trapped,
                    .values = {},
                    .message = std::string{trap_messages[i]}};
        return {.end = Expected::End::Trapped, .values = {}, .message = {}};
    case End::Threw: return {.end = Expected::End::Threw, .values = {}, .message = {}};
    case End::Malformed:
        return {.end = Expected::End::Malformed, .values = {}, .message = seen.detail};
    case End::Invalid: return {.end = Expected::End::Invalid, .values = {}, .message = seen.detail};
    case End::Unlinkable:
        // which import it was is said in other words elsewhere
        return {.end = Expected::End::Unlinkable,
            .values = {},
            .message = seen.detail.substr(0, seen.detail.find(" \""))};
    case End::OutOfFuel:
    case End::Exhausted:
        return {.end = Expected::End::Exhausted, .values = {}, .message = exhaustion_text(seen)};
    default: return {};
    }
}

std::vector<Expected> expected_of(std::vector<CallObservation> const& steps)
{
    std::vector<Expected> expected;
    for (auto const& s : steps)
        expected.push_back(expected_of(s));
    return expected;
}

bool chose_nans(Observation const& seen)
{
    return std::ranges::any_of(seen.instantiations, &CallObservation::nan_choice) ||
           std::ranges::any_of(seen.calls, &CallObservation::nan_choice);
}

} // namespace

void write_text(fs::path const& path, std::string_view text)
{
    std::ofstream out{path, std::ios::binary};
    out << text;
    out.close();
    if (!out)
        throw CannotWrite{fmt::format("cannot write {}: {}", path.string(), std::strerror(errno))};
}

void write_texts(Case const& c, fs::path const& folder)
{
    for (std::size_t i = 0; i < c.modules.size(); ++i)
        if (auto const module = decode(c.modules[i].bytes))
            write_text(folder / fmt::format("{}.wat", i), print(*module));
}

std::string script_of(Case const& c, Observation const& reference)
{
    return print_wast(c, expected_of(reference.instantiations), expected_of(reference.calls));
}

std::string script_for_anybody(Case const& c, Member const& reference, Limits const& limits)
{
    auto const prepared = prepare(c);
    auto seen = reference.observe(prepared, c.calls.size(), limits);
    std::string remarks;
    auto shown = c;
    if (chose_nans(seen)) {
        shown = canonicalised(prepared);
        seen = reference.observe(prepare(shown), shown.calls.size(), limits);
        remarks += ";; NaNs are canonicalised: their bits are the engine's choice.\n";
    }
    auto const calls = calls_before_limit(seen);
    if (!calls)
        return remarks + ";; Nothing can be asserted: an instantiation ran out.\n";
    if (*calls < seen.calls.size())
        remarks += fmt::format(";; It ends before call {}, which ran out.\n", *calls);
    seen.calls.resize(*calls);
    return remarks + script_of(shown, seen);
}

std::expected<void, std::string> write_case(
    Case const& c, Member const& reference, Limits const& limits, fs::path const& folder)
{
    if (auto const saved = save_case(c, folder); !saved)
        return std::unexpected{saved.error()};
    try {
        write_texts(c, folder);
        write_text(folder / "test.wast", script_for_anybody(c, reference, limits));
    } catch (CannotWrite const& e) {
        return std::unexpected{e.why};
    }
    return {};
}

} // namespace touchstone::campaign
