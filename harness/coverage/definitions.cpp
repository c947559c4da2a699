#include "harness/coverage/definitions.hpp"

#include <array>

namespace touchstone::coverage {

namespace {

constexpr auto rows = std::to_array<DefinitionRow>({
    {"relaxed2", "relaxed",
        "*.relaxed_madd *.relaxed_nmadd *.relaxed_laneselect *.relaxed_q15mulr_s *.relaxed_swizzle "
        "*.relaxed_dot_*"},
    {"relaxed4", "relaxed", "*.relaxed_min *.relaxed_max"},
    {"R_fmadd", "relaxed", "*.relaxed_madd *.relaxed_nmadd"},
    {"R_fmin", "relaxed", "*.relaxed_min"},
    {"R_fmax", "relaxed", "*.relaxed_max"},
    {"R_idot", "relaxed", "*.relaxed_dot_*"},
    {"R_iq15mulr", "relaxed", "*.relaxed_q15mulr_s"},
    {"R_trunc_u", "relaxed", "*.relaxed_trunc_*_u*"},
    {"R_trunc_s", "relaxed", "*.relaxed_trunc_*_s*"},
    {"R_swizzle", "relaxed", "*.relaxed_swizzle"},
    {"R_laneselect", "relaxed", "*.relaxed_laneselect"},
    {"ineg_", "numerics", "i*.neg"},
    {"iabs_", "numerics", "i*.abs"},
    {"iclz_", "numerics", "i*.clz"},
    {"ictz_", "numerics", "i*.ctz"},
    {"ipopcnt_", "numerics", "i*.popcnt"},
    {"iextend_", "numerics", "i??.extend8_s i??.extend16_s i??.extend32_s"},
    {"iadd_", "numerics", "i*.add"},
    {"isub_", "numerics", "i*.sub"},
    {"imul_", "numerics", "i*.mul"},
    {"idiv_", "numerics", "i*.div_?"},
    {"irem_", "numerics", "i*.rem_?"},
    {"imin_", "numerics", "i*.min_?"},
    {"imax_", "numerics", "i*.max_?"},
    {"iadd_sat_", "numerics", "i*.add_sat_?"},
    {"isub_sat_", "numerics", "i*.sub_sat_?"},
    {"iq15mulr_sat_", "numerics", "i*.q15mulr_sat_s"},
    {"irelaxed_q15mulr_", "numerics", "i*.relaxed_q15mulr_s"},
    {"iavgr_", "numerics", "i*.avgr_u"},
    {"inot_", "numerics", "v128.not"},
    {"iand_", "numerics", "i??.and v128.and"},
    {"iandnot_", "numerics", "v128.andnot"},
    {"ior_", "numerics", "i??.or v128.or"},
    {"ixor_", "numerics", "i??.xor v128.xor"},
    {"ishl_", "numerics", "i*.shl"},
    {"ishr_", "numerics", "i*.shr_?"},
    {"irotl_", "numerics", "i*.rotl"},
    {"irotr_", "numerics", "i*.rotr"},
    {"ibitselect_", "numerics", "v128.bitselect"},
    {"irelaxed_laneselect_", "numerics", "i*.relaxed_laneselect"},
    {"ieqz_", "numerics", "i*.eqz"},
    {"inez_", "numerics", "v128.any_true i*.all_true"},
    {"ieq_", "numerics", "i*.eq"},
    {"ine_", "numerics", "i*.ne"},
    {"ilt_", "numerics", "i*.lt_?"},
    {"igt_", "numerics", "i*.gt_?"},
    {"ile_", "numerics", "i*.le_?"},
    {"ige_", "numerics", "i*.ge_?"},
    {"fabs_", "numerics", "f*.abs"},
    {"fneg_", "numerics", "f*.neg"},
    {"fsqrt_", "numerics", "f*.sqrt"},
    {"fceil_", "numerics", "f*.ceil"},
    {"ffloor_", "numerics", "f*.floor"},
    {"ftrunc_", "numerics", "f*.trunc"},
    {"fnearest_", "numerics", "f*.nearest"},
    {"fadd_", "numerics", "f*.add"},
    {"fsub_", "numerics", "f*.sub"},
    {"fmul_", "numerics", "f*.mul"},
    {"fdiv_", "numerics", "f*.div"},
    {"fmin_", "numerics", "f*.min"},
    {"fmax_", "numerics", "f*.max"},
    {"fpmin_", "numerics", "f*.pmin"},
    {"fpmax_", "numerics", "f*.pmax"},
    {"frelaxed_min_", "numerics", "f*.relaxed_min"},
    {"frelaxed_max_", "numerics", "f*.relaxed_max"},
    {"fcopysign_", "numerics", "f*.copysign"},
    {"feq_", "numerics", "f*.eq"},
    {"fne_", "numerics", "f*.ne"},
    {"flt_", "numerics", "f*.lt"},
    {"fgt_", "numerics", "f*.gt"},
    {"fle_", "numerics", "f*.le"},
    {"fge_", "numerics", "f*.ge"},
    {"frelaxed_madd_", "numerics", "f*.relaxed_madd"},
    {"frelaxed_nmadd_", "numerics", "f*.relaxed_nmadd"},
    {"wrap__", "numerics", "i32.wrap_i64"},
    {"extend__", "numerics", "i64.extend_i32_? i*.extend_low_* i*.extend_high_*"},
    {"trunc__", "numerics", "i??.trunc_f*"},
    {"trunc_sat__", "numerics", "i*.trunc_sat_*"},
    {"relaxed_trunc__", "numerics", "i*.relaxed_trunc_*"},
    {"demote__", "numerics", "f*.demote_*"},
    {"promote__", "numerics", "f*.promote_*"},
    {"convert__", "numerics", "f*.convert_*"},
    {"narrow__", "numerics", "i*.narrow_*"},
    {"reinterpret__", "numerics", "*.reinterpret_*"},
    {"lpacknum_", "numerics", "*.splat *.replace_lane"},
    {"iswizzle_lane_", "vectors", "i8x16.swizzle"},
    {"irelaxed_swizzle_lane_", "vectors", "i8x16.relaxed_swizzle"},
    {"ivshiftop_", "vectors", "i*x*.shl"},
    {"ivshiftopsx_", "vectors", "i*x*.shr_?"},
    {"ivbitmaskop_", "vectors", "*.bitmask"},
    {"ivswizzlop_", "vectors", "i8x16.swizzle i8x16.relaxed_swizzle"},
    {"ivshufflop_", "vectors", "i8x16.shuffle"},
    {"vvunop_", "vectors", "v128.not"},
    {"vvbinop_", "vectors", "v128.and v128.andnot v128.or v128.xor"},
    {"vvternop_", "vectors", "v128.bitselect"},
    {"vternop_", "vectors", "*.relaxed_madd *.relaxed_nmadd *.relaxed_laneselect"},
    {"vshiftop_", "vectors", "i*x*.shl i*x*.shr_?"},
    {"vbitmaskop_", "vectors", "*.bitmask"},
    {"vswizzlop_", "vectors", "i8x16.swizzle i8x16.relaxed_swizzle"},
    {"vshufflop_", "vectors", "i8x16.shuffle"},
    {"vnarrowop__", "vectors", "*.narrow_*"},
    {"vextunop__", "vectors", "*.extadd_pairwise_*"},
    {"vextbinop__", "vectors", "*.extmul_* i32x4.dot_i16x8_s i16x8.relaxed_dot_*"},
    {"vextternop__", "vectors", "i32x4.relaxed_dot_*"},
    {"ivadd_pairwise_", "vectors", "*.extadd_pairwise_* i32x4.relaxed_dot_*"},
    {"ivmul_", "vectors", "*.extmul_*"},
    {"ivdot_", "vectors", "i32x4.dot_i16x8_s"},
    {"ivdot_sat_", "vectors", "*.relaxed_dot_*"},
    {"packfield_", "execution",
        "struct.new struct.set array.new array.new_fixed array.set array.fill"},
    {"unpackfield_", "execution", "struct.get* array.get*"},
    {"with_local", "execution", "local.set local.tee"},
    {"with_global", "execution", "global.set"},
    {"with_struct", "execution", "struct.set"},
    {"with_array", "execution", "array.set array.fill array.copy array.init_*"},
    {"add_structinst", "execution", "struct.new*"},
    {"add_arrayinst", "execution", "array.new*"},
    {"add_exninst", "execution", "throw"},
    {"growtable", "execution", "table.grow"},
    {"growmem", "execution", "memory.grow"},
    {"blocktype_", "execution", "block loop if try_table"},
});

} // namespace

std::span<DefinitionRow const> definition_rows()
{
    return rows;
}

bool matches(std::string_view pattern, std::string_view text)
{
    std::size_t p = 0;
    std::size_t t = 0;
    auto star = pattern.npos; // the last one, and from where on it was tried
    std::size_t tried = 0;
    while (t < text.size()) {
        if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) {
            ++p;
            ++t;
        } else if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            tried = t;
        } else if (star != pattern.npos) {
            p = star + 1;
            t = ++tried;
        } else {
            return false;
        }
    }
    return pattern.substr(p).find_first_not_of('*') == pattern.npos;
}

bool uses(std::string_view instruction, DefinitionRow const& row)
{
    for (auto rest = row.instructions; !rest.empty();) {
        auto const space = rest.find(' ');
        if (matches(rest.substr(0, space), instruction))
            return true;
        rest = space == rest.npos ? std::string_view{} : rest.substr(space + 1);
    }
    return false;
}

} // namespace touchstone::coverage
