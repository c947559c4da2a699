#include "oracles/quirks.hpp"

#include "engine/binary/decode.hpp"
#include "engine/binary/encode.hpp"
#include "engine/text/parse.hpp"
#include "oracles/laxities.hpp"
#include "oracles/text_laxities.hpp"

#include <algorithm>
#include <array>
#include <optional>

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

static bool refused(CallObservation const& seen)
{
    return seen.end == End::Malformed || seen.end == End::Invalid || seen.end == End::Rejected;
}

static bool took_what_must_be_refused(QuirkStep const& s)
{
    auto const taken = s.theirs.end == End::Returned || s.theirs.end == End::Unlinkable ||
                       s.theirs.end == End::Trapped;
    return s.in_instantiation && refused(s.ours) && taken;
}

/// The bytes of the module, if need be of what its text says; nothing if it does not parse.
static std::vector<std::uint8_t> binary_of(CaseModule const& m)
{
    if (m.format == Format::Binary)
        return m.bytes;
    auto const module = parse_module(m.text());
    return module ? encode(*module) : std::vector<std::uint8_t>{};
}

/// The other engine took a module that must be refused, and of the module this is true.
static bool took(QuirkStep const& s, bool (*is_so)(std::span<std::uint8_t const>))
{
    return took_what_must_be_refused(s) && is_so(binary_of(s.what.modules[s.step]));
}

static bool is_text_that(QuirkStep const& s, bool (*is_so)(std::string_view))
{
    return s.in_instantiation && s.what.modules[s.step].format == Format::Text &&
           is_so(s.what.modules[s.step].text());
}

static bool took_text(QuirkStep const& s, bool (*is_so)(std::string_view))
{
    return took_what_must_be_refused(s) && is_text_that(s, is_so);
}

/// The other engine refused a text that is a valid module, and of which this is true.
static bool refused_text(QuirkStep const& s, bool (*is_so)(std::string_view))
{
    return s.theirs.end == End::Rejected && !refused(s.ours) && is_text_that(s, is_so);
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

static bool stops_with(std::vector<std::uint8_t> const& bytes, std::string_view reason)
{
    auto const module = decode(bytes);
    return !module && module.error().message.starts_with(reason);
}

/// The input ends within a function body, or within a constant expression: there instructions may
/// follow, and an `end` is all that is missing.
static bool ends_in_expression(std::vector<std::uint8_t> bytes)
{
    constexpr std::uint8_t nop = 0x01;
    constexpr std::uint8_t end = 0x0B;
    constexpr auto cut = "unexpected end of section or function";
    auto const module = decode(bytes);
    if (module || !module.error().message.starts_with(cut))
        return false;
    if (module.error().function)
        return true;
    bytes.push_back(nop);
    if (!stops_with(bytes, cut))
        return false;
    bytes.back() = end;
    return stops_with(bytes, "section size mismatch");
}

/// What addresses this memory or table; nullopt for everything else.
static std::optional<AddrType> address_type(ExternType const& type)
{
    switch (type.kind) {
    case ExternKind::Memory: return type.memory.limits.addr;
    case ExternKind::Table: return type.table.limits.addr;
    default: return std::nullopt;
    }
}

static std::optional<AddrType> address_type(Module const& m, ExternKind kind, Index index)
{
    for (auto const& i : m.imports)
        if (i.type.kind == kind && index-- == 0)
            return address_type(i.type);
    if (kind == ExternKind::Memory && index < m.memories.size())
        return m.memories[index].type.limits.addr;
    if (kind == ExternKind::Table && index < m.tables.size())
        return m.tables[index].type.limits.addr;
    return std::nullopt;
}

/// Of what the latest module before this one exports under the import's names.
static std::optional<AddrType> provided_address_type(
    Case const& c, std::size_t importer, Import const& import)
{
    for (auto i = importer; i-- > 0;) {
        if (c.modules[i].name != import.module)
            continue;
        auto const exporter = decode(c.modules[i].bytes);
        if (!exporter)
            continue;
        for (auto const& e : exporter->exports)
            if (e.name == import.name && e.kind == import.type.kind)
                return address_type(*exporter, e.kind, e.index);
    }
    return std::nullopt;
}

static bool imports_other_address_type(Case const& c, std::size_t importer)
{
    auto const module = decode(c.modules[importer].bytes);
    return module && std::ranges::any_of(module->imports, [&](Import const& i) {
        auto const wanted = address_type(i.type);
        auto const provided = wanted ? provided_address_type(c, importer, i) : std::nullopt;
        return provided && *provided != *wanted;
    });
}

static bool has_offset_beyond_32_bits(std::vector<std::uint8_t> const& bytes)
{
    auto const is_wide = [](Instr const& i) {
        auto const kind = info(i.op).immediates;
        return (kind == Immediates::Memarg || kind == Immediates::MemargLane) && i.imm >> 32 != 0;
    };
    auto const module = decode(bytes);
    return module && std::ranges::any_of(module->funcs, [&](Func const& f) {
        return std::ranges::any_of(f.body.instrs, is_wide);
    });
}

/// The case has this instruction, and the two engines trapped for these reasons.
static bool trapped_otherwise(QuirkStep const& s, Opcode op, Trap ours, Trap theirs)
{
    if (s.ours.traps != TrapSet{ours} || !s.theirs.traps.has(theirs))
        return false;
    return std::ranges::any_of(s.what.modules, [op](CaseModule const& m) {
        auto const module = decode(m.bytes);
        return module && std::ranges::any_of(module->funcs, [op](Func const& f) {
            return std::ranges::find(f.body.instrs, op, &Instr::op) != f.body.instrs.end();
        });
    });
}

static constexpr auto table = std::to_array<Quirk>({
    {"wabt-missing-end", "wabt", "1.0.32",
        "takes a function body that ends with an end but lacks another one, and a constant "
        "expression whose end is missing, where the section ends there",
        "testsuite binary.wast:112; 0061736d01000000010401600000030201000a0601040002400b",
        [](QuirkStep const& s) {
            return took_although(s, End::Malformed, "END opcode expected") ||
                   (took_although(s, End::Malformed, "unexpected end of section or function") &&
                       ends_in_expression(s.what.modules[s.step].bytes)) ||
                   took(s, laxities::lacks_ends);
        }},
    {"wabt-select-gives-any-type", "wabt", "1.0.32",
        "takes the result of a select with a type for a value of any type",
        "(func (result i32) (select (result i64) (i64.const 0) (i64.const 0) (i32.const 0)))",
        [](QuirkStep const& s) { return took(s, laxities::uses_select_as_any_type); }},
    {"wabt-element-expression-opcode", "wabt", "1.0.32",
        "says that it expects ref.null or ref.func as an element expression, and takes any other "
        "instruction without immediates all the same",
        "0061736d01000000 09070105 7001 07 0b",
        [](QuirkStep const& s) { return took(s, laxities::has_other_element_expression); }},
    {"wabt-data-segment-kind", "wabt", "1.0.32",
        "takes data segments of the kinds 3 to 7 for passive ones, or for those with an index",
        "0061736d01000000 0b0401 03 0100",
        [](QuirkStep const& s) { return took(s, laxities::has_kind_of_element_segment); }},
    {"wabt-first-memory-bounds-offsets", "wabt", "1.0.32",
        "takes offsets beyond 32 bits into a memory of 32-bit addresses if the first memory has "
        "64-bit ones",
        "(memory i64 0) (memory 0) (func (drop (i32.load 1 offset=0x100000000 (i32.const 0))))",
        [](QuirkStep const& s) { return took(s, laxities::has_far_offset_into_other_memory); }},
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
        "links a memory or table to an import with the other address type",
        "testsuite memory64-imports.wast:154",
        [](QuirkStep const& s) {
            return took_although(s, End::Unlinkable, "incompatible import type") &&
                   s.theirs.end != End::Unlinkable && imports_other_address_type(s.what, s.step);
        }},
    {"wabt-wide-offset", "wabt", "1.0.32",
        "takes only the lower half of a memory access's offset beyond 32 bits",
        "(memory i64 1) (func (export \"f\") (result i32) "
        "(i32.load offset=0x100000000 (i64.const 0)))",
        [](QuirkStep const& s) {
            // it goes on from there, and may write and trap elsewhere
            return s.ours.traps == TrapSet{Trap::OutOfBoundsMemoryAccess} &&
                   std::ranges::any_of(
                       s.what.modules, has_offset_beyond_32_bits, &CaseModule::bytes);
        }},
    {"wabt-select-of-nothing", "wabt", "1.0.32",
        "takes a select with an empty list of results for one without a list",
        "(func (drop (select (result) (i32.const 0) (i32.const 0) (i32.const 0))))",
        [](QuirkStep const& s) { return took(s, laxities::has_select_of_nothing); }},
    {"wabt-text-nameless-annotation", "wabt", "1.0.32", "takes annotations without an id",
        "(module (@ a))",
        [](QuirkStep const& s) { return took_text(s, laxities::has_nameless_annotations); }},
    {"wabt-text-control-character", "wabt", "1.0.32", "takes control characters in strings",
        "(func (export \"<tab>\"))",
        [](QuirkStep const& s) {
            return took_text(s, laxities::has_control_characters_in_strings);
        }},
    {"wabt-text-index-beyond-32-bits", "wabt", "1.0.32",
        "takes the lower 32 bits of a larger index",
        "(func (local i32) (drop (local.get 4294967296)))",
        [](QuirkStep const& s) { return took_text(s, laxities::has_indices_beyond_32_bits); }},
    {"wabt-text-plus", "wabt", "1.0.32",
        "takes integers with a plus up to the largest unsigned one",
        "(func (drop (i32.const +0xffffffff)))",
        [](QuirkStep const& s) { return took_text(s, laxities::has_large_integers_with_plus); }},
    {"wabt-text-bare-index", "wabt", "1.0.32",
        "takes segments that name their table or memory by an index alone, or lack their kind",
        "(memory 1) (data 0 (offset (i32.const 0)) \"\")",
        [](QuirkStep const& s) { return took_text(s, laxities::has_bare_index_of_segment); }},
    {"wabt-text-one-index-of-two", "wabt", "1.0.32",
        "takes memory.copy and table.copy with one index",
        "(memory 1) (func (memory.copy 0 (i32.const 0) (i32.const 0) (i32.const 0)))",
        [](QuirkStep const& s) { return took_text(s, laxities::has_one_index_of_two); }},
    {"wabt-text-quoted-id", "wabt", "1.0.32", "does not know identifiers in quotes",
        "(func $\"x\")",
        [](QuirkStep const& s) { return refused_text(s, laxities::has_quoted_id); }},
    {"wabt-text-elements-assertion", "wabt", "1.0.32",
        "fails an assertion where an element expression should be and none is",
        "(elem funcref (func))",
        [](QuirkStep const& s) {
            return s.theirs.end == End::Crashed && refused(s.ours) &&
                   contains(s.theirs.detail, "Aborted") &&
                   is_text_that(s, laxities::has_no_expression_in_elements);
        }},
    {"wabt-text-annotation", "wabt", "1.0.32",
        "takes annotations in some places only, not in types or between the lanes of a constant",
        "(type (func (param i32 (@a) i32)))",
        [](QuirkStep const& s) { return refused_text(s, laxities::has_annotation); }},
    {"wabt-text-table-address-type", "wabt", "1.0.32",
        "does not know address types of tables, not even i32", "(table i32 1 funcref)",
        [](QuirkStep const& s) { return refused_text(s, laxities::has_table_with_address_type); }},
    {"wabt-text-table-index", "wabt", "1.0.32",
        "wants the index of table.get and its like, which may be left out",
        "(table 1 funcref) (func (drop (table.get (i32.const 0))))",
        [](QuirkStep const& s) {
            return refused_text(s, laxities::has_table_instruction_without_index);
        }},
    {"wabt-long-type", "wabt", "1.0.32",
        "takes a value type in more bytes than one, as if it were a number",
        "0061736d01000000 01060160 01ff7f 00",
        [](QuirkStep const& s) { return took(s, laxities::has_long_type); }},
    {"node-threads-and-legacy-exceptions", "node", "",
        "has these proposals, which the standard has not", "(memory 1 1 shared)",
        [](QuirkStep const& s) { return took(s, laxities::needs_threads_or_legacy_exceptions); }},
    {"node-unreachable-reference", "node", "",
        "takes what ref.as_non_null and br_on_null give in unreachable code for any type",
        "(func (result i32) (ref.as_non_null (unreachable)))",
        [](QuirkStep const& s) {
            return took(s, laxities::uses_unreachable_reference_as_any_type);
        }},
    {"node-catch-at-last-label", "node", "",
        "takes 2^32-1 as the label of a catch clause: it counts from there to the block itself",
        "(func (try_table (catch_all 4294967295)))",
        [](QuirkStep const& s) { return took(s, laxities::catches_at_last_label); }},
    {"node-br-on-non-null-to-nothing", "node", "",
        "takes br_on_non_null to a label that takes no value",
        "(func (block (br_on_non_null 0 (ref.null func))))",
        [](QuirkStep const& s) { return took(s, laxities::branches_on_non_null_to_nothing); }},
    {"node-array-init-elem-segment-first", "node", "",
        "where array and segment are both too short, array.init_elem names the segment's trap",
        "testsuite array_init_elem.wast:92",
        [](QuirkStep const& s) {
            return trapped_otherwise(s, Opcode::ArrayInitElem, Trap::OutOfBoundsArrayAccess,
                Trap::OutOfBoundsTableAccess);
        }},
    {"node-array-copy-bounds-first", "node", "",
        "array.copy to outside of an array names that trap, although the source is null",
        "(array.copy 0 0 (array.new_default 0 (i32.const 0)) (i32.const -1) (ref.null 0) "
        "(i32.const 0) (i32.const 0))",
        [](QuirkStep const& s) {
            return trapped_otherwise(
                s, Opcode::ArrayCopy, Trap::NullArrayReference, Trap::OutOfBoundsArrayAccess);
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
