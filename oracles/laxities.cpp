#include "oracles/laxities.hpp"

#include "engine/binary/decode.hpp"
#include "engine/validation/validate.hpp"
#include "oracles/byte_sizes.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

namespace touchstone::laxities {

namespace {

constexpr auto most_repairs = 16; ///< so many mistakes of one kind in one module are enough

/// Why the bytes are no valid module.
std::optional<Error> refusal(std::span<std::uint8_t const> bytes, FeatureSet profile = wasm3)
{
    auto m = decode(bytes, profile);
    if (!m)
        return m.error();
    auto const valid = validate(std::move(*m));
    return valid ? std::nullopt : std::optional{valid.error()};
}

/// The function in which validation failed, and the instruction.
struct Failed
{
    Func* func = nullptr;
    std::size_t at = 0;
    [[nodiscard]] Instr& instr() const { return func->body.instrs[at]; }
};

std::optional<Failed> failed(Module& m, Error const& e)
{
    auto const imported = count_imports(m, ExternKind::Func);
    if (!e.function || *e.function < imported || *e.function - imported >= m.funcs.size())
        return std::nullopt;
    auto& f = m.funcs[*e.function - imported];
    auto const at =
        std::ranges::find(f.body.instrs, e.offset, [](Instr const& i) { return i.where.offset; });
    if (at == f.body.instrs.end())
        return std::nullopt;
    return Failed{&f, static_cast<std::size_t>(at - f.body.instrs.begin())};
}

/// Undoes one mistake after the other until the module is valid; false if it does not become so.
bool is_valid_after(std::span<std::uint8_t const> bytes, bool (*repair)(Module&, Error const&))
{
    auto m = decode(bytes);
    if (!m)
        return false;
    for (auto repairs = 0; repairs <= most_repairs; ++repairs) {
        auto const valid = validate(Module{*m});
        if (valid)
            return repairs > 0;
        if (!repair(*m, valid.error()))
            return false;
    }
    return false;
}

Instr plain(Opcode op, Instr const& in_place_of)
{
    Instr i;
    i.op = op;
    i.where = in_place_of.where;
    return i;
}

/// Behind each of these instructions of the function anything may follow; false if there are none.
bool forget_types_after(Module& m, Error const& e, std::initializer_list<Opcode> ops)
{
    auto const where = failed(m, e);
    if (!where || !e.message.starts_with("type mismatch"))
        return false;
    std::vector<Instr> instrs;
    for (auto const& i : where->func->body.instrs) {
        instrs.push_back(i);
        if (std::ranges::find(ops, i.op) != ops.end())
            instrs.push_back(plain(Opcode::Unreachable, i));
    }
    std::swap(where->func->body.instrs, instrs);
    return where->func->body.instrs.size() != instrs.size();
}

bool forget_select_types(Module& m, Error const& e)
{
    return forget_types_after(m, e, {Opcode::SelectT});
}

bool forget_unreachable_references(Module& m, Error const& e)
{
    return e.message.find("(ref bot)") != std::string::npos &&
           forget_types_after(m, e, {Opcode::RefAsNonNull, Opcode::BrOnNull});
}

bool forget_empty_result(Module& m, Error const& e)
{
    auto const where = failed(m, e);
    if (!where || where->instr().op != Opcode::SelectT || where->instr().y != 0)
        return false;
    where->instr().op = Opcode::Select;
    return true;
}

bool is_memory64(Module const& m, Index memory)
{
    for (auto const& i : m.imports)
        if (i.type.kind == ExternKind::Memory && memory-- == 0)
            return i.type.memory.limits.addr == AddrType::I64;
    return memory < m.memories.size() && m.memories[memory].type.limits.addr == AddrType::I64;
}

bool forget_far_offset(Module& m, Error const& e)
{
    auto const where = failed(m, e);
    if (!where)
        return false;
    auto& i = where->instr();
    auto const kind = info(i.op).immediates;
    auto const is_access = kind == Immediates::Memarg || kind == Immediates::MemargLane;
    if (!is_access || i.imm >> 32 == 0 || !is_memory64(m, 0) || is_memory64(m, i.x))
        return false;
    i.imm = 0;
    return true;
}

bool spell_out_br_on_non_null(Module& m, Error const& e)
{
    auto const where = failed(m, e);
    if (!where || where->instr().op != Opcode::BrOnNonNull)
        return false;
    auto& i = where->instr();
    auto const before = plain(Opcode::RefIsNull, i);
    i.op = Opcode::BrIf;
    auto& all = where->func->body.instrs;
    all.insert(all.begin() + static_cast<std::ptrdiff_t>(where->at), before);
    return true;
}

bool drop_last_catch(Module& m, Error const& e)
{
    constexpr auto last = ~Index{0};
    auto const where = failed(m, e);
    if (!where || where->instr().op != Opcode::TryTable)
        return false;
    auto& catches = where->func->body.catches;
    auto& i = where->instr();
    for (auto c = i.x; c < i.x + i.y; ++c) {
        if (catches[c].label != last)
            continue;
        std::swap(catches[c], catches[i.x + i.y - 1]);
        --i.y;
        return true;
    }
    return false;
}

/// Where the opcode at this place ends, be it one that there is or not.
std::optional<std::size_t> end_of_opcode(std::span<std::uint8_t const> bytes, std::size_t at)
{
    if (at >= bytes.size())
        return std::nullopt;
    if (bytes[at] < 0xFB || bytes[at] == 0xFF)
        return at + 1;
    auto const n = number_at(bytes, at + 1);
    return n ? std::optional{n->end} : std::nullopt;
}

struct LongType
{
    std::uint8_t code = 0; ///< what would do
    std::size_t length = 0;
};

/// A signed LEB128 of two to five bytes for what fits one, and is negative as all types are.
std::optional<LongType> long_type_at(std::span<std::uint8_t const> bytes, std::size_t at)
{
    if (at >= bytes.size() || (bytes[at] & 0xC0) != 0xC0)
        return std::nullopt;
    for (std::size_t n = 1; n < 5 && at + n < bytes.size(); ++n) {
        if (bytes[at + n] == 0x7F)
            return LongType{static_cast<std::uint8_t>(bytes[at] & 0x7F), n + 1};
        if (bytes[at + n] != 0xFF)
            return std::nullopt;
    }
    return std::nullopt;
}

/// It is well-formed, or would be with more ends: who makes one mistake may make two.
bool is_taken(std::span<std::uint8_t const> bytes)
{
    return decode(bytes) || lacks_ends(bytes);
}

/// Where decoding stopped.
std::optional<Spot> spot_of(std::span<std::uint8_t const> bytes, Error const& e)
{
    for (auto const id : binary::section_order) {
        auto const s = find_section(bytes, id);
        if (!s || !s->has(e.offset))
            continue;
        Spot spot{.section = *s, .body = std::nullopt, .at = e.offset};
        if (id == binary::Section::Code)
            for (std::size_t i = 0; (spot.body = find_body(bytes, *s, i)); ++i)
                if (spot.body->has(e.offset))
                    break;
        return spot;
    }
    return std::nullopt;
}

/// An opcode, and then the end.
bool is_plain_expression(std::span<std::uint8_t const> bytes, Sized const& section, std::size_t at)
{
    constexpr std::uint8_t end_code = 0x0B;
    auto const end = end_of_opcode(bytes, at);
    return bytes[at] != end_code && end && section.has(*end) && bytes[*end] == end_code;
}

} // namespace

bool uses_select_as_any_type(std::span<std::uint8_t const> bytes)
{
    return is_valid_after(bytes, forget_select_types);
}

bool has_select_of_nothing(std::span<std::uint8_t const> bytes)
{
    return is_valid_after(bytes, forget_empty_result);
}

bool uses_unreachable_reference_as_any_type(std::span<std::uint8_t const> bytes)
{
    return is_valid_after(bytes, forget_unreachable_references);
}

bool needs_threads_or_legacy_exceptions(std::span<std::uint8_t const> bytes)
{
    constexpr auto profile =
        wasm3 | FeatureSet{Feature::Threads} | FeatureSet{Feature::LegacyExceptions};
    return refusal(bytes) && !refusal(bytes, profile);
}

bool has_long_type(std::span<std::uint8_t const> bytes)
{
    auto const module = decode(bytes);
    auto spot = module ? std::nullopt : spot_of(bytes, module.error());
    if (!spot)
        return false;
    // the decoder stops at its first byte or behind that
    for (auto tries = 0; tries < 2; ++tries, --spot->at) {
        auto const type = long_type_at(bytes, spot->at);
        if (type && is_taken(edited(bytes, *spot, type->length, {&type->code, 1})))
            return true;
    }
    return false;
}

bool has_far_offset_into_other_memory(std::span<std::uint8_t const> bytes)
{
    return is_valid_after(bytes, forget_far_offset);
}

bool catches_at_last_label(std::span<std::uint8_t const> bytes)
{
    return is_valid_after(bytes, drop_last_catch);
}

bool branches_on_non_null_to_nothing(std::span<std::uint8_t const> bytes)
{
    return is_valid_after(bytes, spell_out_br_on_non_null);
}

bool has_other_element_expression(std::span<std::uint8_t const> bytes)
{
    auto const elements = find_section(bytes, binary::Section::Elem);
    auto const e = elements ? refusal(bytes) : std::nullopt;
    if (!e || !elements->has(e->offset))
        return false;
    if (is_plain_expression(bytes, *elements, e->offset))
        return true;
    if (decode(bytes))
        return false;
    // the decoder may have read immediates where there are none
    constexpr std::size_t most = 16;
    constexpr auto null = std::to_array<std::uint8_t>({0xD0, 0x70});
    for (std::size_t back = 1; back < most && e->offset >= elements->begin() + back; ++back) {
        Spot const spot{.section = *elements, .body = std::nullopt, .at = e->offset - back};
        auto const length = end_of_opcode(bytes, spot.at).value_or(spot.at) - spot.at;
        if (is_plain_expression(bytes, *elements, spot.at) &&
            is_taken(edited(bytes, spot, length, null)))
            return true;
    }
    return false;
}

bool has_kind_of_element_segment(std::span<std::uint8_t const> bytes)
{
    auto const data = find_section(bytes, binary::Section::Data);
    auto const e = data ? refusal(bytes) : std::nullopt;
    if (!e || !e->message.starts_with("malformed data segment kind") || !data->has(e->offset))
        return false;
    auto const kind = number_at(bytes, e->offset);
    return kind && kind->value >= 3 && kind->value <= 7;
}

} // namespace touchstone::laxities
