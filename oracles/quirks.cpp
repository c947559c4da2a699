#include "oracles/quirks.hpp"

#include "engine/binary/decode.hpp"

#include <algorithm>
#include <array>

namespace touchstone {

static bool contains(std::string const& text, std::string_view part)
{
    return text.find(part) != std::string::npos;
}

/// The other engine took a module that must be refused, and this is why it must.
static bool took_although(QuirkStep const& s, End refused, std::string_view reason)
{
    auto const took = s.theirs.end == End::Returned || s.theirs.end == End::Unlinkable ||
                      s.theirs.end == End::Trapped;
    return s.in_instantiation && s.ours.end == refused && took && contains(s.ours.detail, reason);
}

/// A LEB128 of ten bytes whose last one has more than the one bit that 64 leave for it.
static bool has_leb_beyond_64_bits(std::vector<std::uint8_t> const& bytes)
{
    std::size_t continued = 0;
    for (auto const b : bytes) {
        if (continued >= 9 && b > 1 && b < 0x80)
            return true;
        continued = b >= 0x80 ? continued + 1 : 0;
    }
    return false;
}

static bool imports_memory(std::vector<std::uint8_t> const& bytes)
{
    auto const module = decode(bytes);
    return module && count_imports(*module, ExternKind::Memory) > 0;
}

/// libwabt's own stack holds more than 1,000 frames, and every frame costs fuel.
static bool could_exhaust(CallObservation const& ours)
{
    return ours.end == End::OutOfFuel || ours.end == End::Exhausted ||
           ours.fuel.value_or(0) > 1'000;
}

static constexpr auto table = std::to_array<Quirk>({
    {"wabt-missing-end", "wabt", "1.0.32",
        "takes a function body or constant expression whose final end is missing, where the "
        "section "
        "ends there",
        "testsuite binary.wast:112; 0061736d01000000010401600000030201000a0601040002400b",
        [](QuirkStep const& s) {
            return took_although(s, End::Malformed, "END opcode expected") ||
                   took_although(s, End::Malformed, "unexpected end of section or function");
        }},
    {"wabt-data-count-without-data", "wabt", "1.0.32",
        "takes a data count section that promises segments when there is no data section",
        "testsuite binary.wast:286",
        [](QuirkStep const& s) {
            return took_although(
                s, End::Malformed, "data count and data section have inconsistent lengths");
        }},
    {"wabt-leb-beyond-64-bits", "wabt", "1.0.32",
        "takes a 64-bit LEB128 with unused bits set, such as a memory offset of 2^64",
        "testsuite binary_leb128_64.wast:16",
        [](QuirkStep const& s) {
            return took_although(s, End::Malformed, "integer too large") &&
                   has_leb_beyond_64_bits(s.what.modules[s.step].bytes);
        }},
    {"wabt-call-indirect-through-externref", "wabt", "1.0.32",
        "does not require the table of call_indirect and return_call_indirect to hold functions",
        "testsuite call_indirect.wast:994, return_call_indirect.wast:552",
        [](QuirkStep const& s) {
            return took_although(
                s, End::Invalid, "instruction requires table of function type but table has");
        }},
    {"wabt-element-expressions", "wabt", "1.0.32",
        "knows ref.null and ref.func alone as element expressions, not global.get",
        "testsuite elem.wast:1043",
        [](QuirkStep const& s) {
            return s.in_instantiation && s.theirs.end == End::Rejected &&
                   s.ours.end != End::Malformed && s.ours.end != End::Invalid &&
                   contains(s.theirs.detail, "expected ref.null or ref.func in");
        }},
    {"wabt-import-address-type", "wabt", "1.0.32",
        "links a memory to an import with the other address type",
        "testsuite memory64-imports.wast:154",
        [](QuirkStep const& s) {
            return took_although(s, End::Unlinkable, "incompatible import type") &&
                   s.theirs.end != End::Unlinkable && imports_memory(s.what.modules[s.step].bytes);
        }},
    {"wabt-indirect-call-exhausts-stack", "wabt", "1.0.32",
        "a call_indirect that exhausts the stack ends the call as if it had returned, with an "
        "assertion "
        "if there are results",
        "testsuite call_indirect.wast:585",
        [](QuirkStep const& s) {
            return !s.in_instantiation && could_exhaust(s.ours) &&
                   (s.theirs.end == End::Returned ||
                       (s.theirs.end == End::Crashed && contains(s.theirs.detail, "PopValues")));
        }},
});

std::span<Quirk const> quirks()
{
    return table;
}

Quirk const* find_quirk(OracleInfo const& oracle, QuirkStep const& step)
{
    auto const* const found = std::ranges::find_if(table, [&](Quirk const& q) {
        return q.oracle == oracle.name && (q.versions.empty() || q.versions == oracle.version) &&
               q.shows(step);
    });
    return found == table.end() ? nullptr : found;
}

} // namespace touchstone
