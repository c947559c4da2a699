// The SpecTec name of each instruction's rule, as far as it follows from the instruction's text.

#include "engine/validation/code.hpp"

#include <array>
#include <string_view>

namespace touchstone {

namespace {

/// "Instr_ok/" and the first of these whose words the part behind the dot begins with.
struct Prefix
{
    std::string_view word;
    std::string_view rule;
};

constexpr auto vector_rules = std::to_array<Prefix>({
    {"all_true", "vtestop"},
    {"bitmask", "vbitmask"},
    {"shl", "vshiftop"},
    {"shr", "vshiftop"},
    {"swizzle", "vswizzlop"},
    {"relaxed_swizzle", "vswizzlop"},
    {"shuffle", "vshuffle"},
    {"splat", "vsplat"},
    {"extract_lane", "vextract_lane"},
    {"replace_lane", "vreplace_lane"},
    {"narrow", "vnarrow"},
    {"extadd", "vextunop"},
    {"extmul", "vextbinop"},
    {"dot", "vextbinop"},
    {"relaxed_dot_i8x16_i7x16_add", "vextternop"},
    {"relaxed_dot", "vextbinop"},
    {"extend", "vcvtop"},
    {"convert", "vcvtop"},
    {"trunc_sat", "vcvtop"},
    {"relaxed_trunc", "vcvtop"},
    {"demote", "vcvtop"},
    {"promote", "vcvtop"},
    {"relaxed_madd", "vternop"},
    {"relaxed_nmadd", "vternop"},
    {"relaxed_laneselect", "vternop"},
    {"eq", "vrelop"},
    {"lt", "vrelop"},
    {"gt", "vrelop"},
    {"le", "vrelop"},
    {"ge", "vrelop"},
});

std::string_view vector_rule(std::string_view verb, std::size_t params)
{
    if (verb == "ne")
        return "vrelop";
    for (auto const& [word, rule] : vector_rules)
        if (verb.starts_with(word))
            return rule;
    return params == 1 ? "vunop" : "vbinop";
}

std::string_view v128_rule(std::string_view verb, std::size_t params)
{
    if (verb == "const")
        return "vconst";
    if (verb == "any_true")
        return "vvtestop";
    return params == 1 ? "vvunop" : params == 2 ? "vvbinop" : "vvternop";
}

std::string_view access_rule(std::string_view type, std::string_view verb, unsigned bits)
{
    bool const load = verb.starts_with("load");
    if (type != "v128") {
        bool const whole = bits == (type.ends_with("64") ? 64U : 32U);
        return load ? (whole ? "load-val" : "load-pack") : (whole ? "store-val" : "store-pack");
    }
    if (verb.ends_with("_lane"))
        return load ? "vload_lane" : "vstore_lane";
    if (!load)
        return "vstore";
    return verb.ends_with("_splat")  ? "vload-splat"
           : verb.ends_with("_zero") ? "vload-zero"
           : verb == "load"          ? "vload-val"
                                     : "vload-pack";
}

std::string_view number_rule(std::string_view verb, OpType const& t)
{
    if (verb == "const")
        return "const";
    if (verb == "eqz")
        return "testop";
    if (t.params().size() == 2) {
        constexpr auto comparisons = std::to_array<std::string_view>({"eq", "ne", "lt", "gt", "le",
            "ge", "lt_s", "lt_u", "gt_s", "gt_u", "le_s", "le_u", "ge_s", "ge_u"});
        for (auto const c : comparisons)
            if (verb == c)
                return "relop";
        return "binop";
    }
    return t.params()[0] == t.results()[0] ? "unop" : "cvtop";
}

std::string_view own_rule(Opcode op)
{
    switch (op) {
    case Opcode::Else:
    case Opcode::End: return "block";
    case Opcode::Select: return "select-impl";
    case Opcode::SelectT: return "select-expl";
    case Opcode::I31GetS:
    case Opcode::I31GetU: return "i31.get";
    case Opcode::StructGetS:
    case Opcode::StructGetU: return "struct.get";
    case Opcode::ArrayGetS:
    case Opcode::ArrayGetU: return "array.get";
    default: return info(op).text;
    }
}

std::string_view rule(Opcode op)
{
    auto const& row = info(op);
    auto const dot = row.text.find('.');
    if (row.type.own_rule() || dot == std::string_view::npos)
        return own_rule(op);
    auto const noun = row.text.substr(0, dot);
    auto const verb = row.text.substr(dot + 1);
    if (accesses_memory(op))
        return access_rule(noun, verb, access_bits(op));
    if (noun == "v128")
        return v128_rule(verb, row.type.params().size());
    if (noun == "i32" || noun == "i64" || noun == "f32" || noun == "f64")
        return number_rule(verb, row.type);
    if (noun.find('x') != std::string_view::npos)
        return vector_rule(verb, row.type.params().size());
    return row.text;
}

} // namespace

std::string rule_of(Opcode op)
{
    auto const& row = info(op);
    if (!wasm3.has(row.since)) // the specification has no name for it
        return std::string{name(row.since)} + '/' + std::string{row.text};
    return "Instr_ok/" + std::string{rule(op)};
}

} // namespace touchstone
