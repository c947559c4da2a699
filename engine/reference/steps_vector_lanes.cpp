// Lanes taken, put, moved and tested (exec/instructions.html#exec-vtestop and after it).

#include "engine/reference/rules_vector.hpp"

namespace touchstone::reference {

namespace {

using i8 = std::uint8_t;
using i16 = std::uint16_t;
using i32 = std::uint32_t;
using i64 = std::uint64_t;

/// A number of the stack as a lane: lpacknum_, cpacknum_ — exec/numerics.html#aux-packnum
template <LaneType L>
L pop_lane(Machine& z)
{
    if constexpr (Float<L>)
        return z.pop<L>();
    else
        return wrap<L>(z.pop<std::uint64_t>());
}

/// Step_pure/vsplat — exec/instructions.html#exec-vsplat
///   (lunpack(L).const c1) (sh.splat)  ~>  (v128.const c)    if c = inv_lanes(lpacknum(c1)^M)
template <LaneType L>
Step splat(Machine& z, Instr const&)
{
    Lanes<L> c{};
    c.fill(pop_lane<L>(z));
    z.push(inv_lanes<L>(c));
    return applied(RuleName::Vsplat);
}

/// Step_pure/vextract_lane-num — exec/instructions.html#exec-vextract_lane
///   (v128.const c1) (sh.extract_lane i)  ~>  (nt.const c2)    if c2 = lanes(c1)[i]
template <LaneType L>
Step extract_lane(Machine& z, Instr const& in)
{
    z.push(lanes<L>(z.pop())[in.lane]);
    return applied(RuleName::VextractLaneNum);
}

/// Step_pure/vextract_lane-pack — exec/instructions.html#exec-vextract_lane
///   (v128.const c1) (sh.extract_lane_sx i)  ~>  (i32.const c2)
///     if c2 = extend_sx_N,32(lanes(c1)[i])
template <Integer L, auto extend>
Step extract_packed_lane(Machine& z, Instr const& in)
{
    z.push(extend(lanes<L>(z.pop())[in.lane]));
    return applied(RuleName::VextractLanePack);
}

/// Step_pure/vreplace_lane — exec/instructions.html#exec-vreplace_lane
///   (v128.const c1) (lunpack(L).const c2) (sh.replace_lane i)  ~>  (v128.const c)
///     if c = inv_lanes(lanes(c1)[[i] = lpacknum(c2)])
template <LaneType L>
Step replace_lane(Machine& z, Instr const& in)
{
    auto const c2 = pop_lane<L>(z);
    auto c = lanes<L>(z.pop());
    c[in.lane] = c2;
    z.push(inv_lanes<L>(c));
    return applied(RuleName::VreplaceLane);
}

/// Step_pure/vshuffle, vshufflop_ — exec/instructions.html#exec-vshuffle
///   (v128.const c1) (v128.const c2) (i8x16.shuffle i*)  ~>  (v128.const c)
///     if c = vshufflop(i*, c1, c2)
Step shuffle(Machine& z, Instr const& in)
{
    auto const c2 = z.pop();
    auto const c1 = z.pop();
    z.push(ivshuffle<i8>(z.frame.expr->vectors[in.x].bytes, c1, c2));
    return applied(RuleName::Vshuffle);
}

/// Step_pure/vtestop — exec/instructions.html#exec-vtestop
///   (v128.const c1) (sh.all_true)  ~>  (i32.const c)    if c = prod(inez_N(lanes(c1))*)
template <Integer L>
Step all_true(Machine& z, Instr const&)
{
    std::uint32_t c = 1;
    for (auto const i : lanes<L>(z.pop()))
        c *= inez(i);
    z.push(c);
    return applied(RuleName::Vtestop);
}

/// Step_pure/vbitmask, vbitmaskop_ — exec/instructions.html#exec-vbitmask
///   (v128.const c1) (sh.bitmask)  ~>  (i32.const c)    if c = vbitmaskop(c1)
template <Integer L>
Step bitmask(Machine& z, Instr const&)
{
    z.push(ivbitmask<L>(z.pop()));
    return applied(RuleName::Vbitmask);
}

void add_single_lanes(RuleTable& rules)
{
    rules[Opcode::I8x16Splat] = splat<i8>;
    rules[Opcode::I16x8Splat] = splat<i16>;
    rules[Opcode::I32x4Splat] = splat<i32>;
    rules[Opcode::I64x2Splat] = splat<i64>;
    rules[Opcode::F32x4Splat] = splat<F32>;
    rules[Opcode::F64x2Splat] = splat<F64>;
    rules[Opcode::I8x16ExtractLaneS] = extract_packed_lane<i8, extend_s<i32, i8>>;
    rules[Opcode::I8x16ExtractLaneU] = extract_packed_lane<i8, extend_u<i32, i8>>;
    rules[Opcode::I16x8ExtractLaneS] = extract_packed_lane<i16, extend_s<i32, i16>>;
    rules[Opcode::I16x8ExtractLaneU] = extract_packed_lane<i16, extend_u<i32, i16>>;
    rules[Opcode::I32x4ExtractLane] = extract_lane<i32>;
    rules[Opcode::I64x2ExtractLane] = extract_lane<i64>;
    rules[Opcode::F32x4ExtractLane] = extract_lane<F32>;
    rules[Opcode::F64x2ExtractLane] = extract_lane<F64>;
    rules[Opcode::I8x16ReplaceLane] = replace_lane<i8>;
    rules[Opcode::I16x8ReplaceLane] = replace_lane<i16>;
    rules[Opcode::I32x4ReplaceLane] = replace_lane<i32>;
    rules[Opcode::I64x2ReplaceLane] = replace_lane<i64>;
    rules[Opcode::F32x4ReplaceLane] = replace_lane<F32>;
    rules[Opcode::F64x2ReplaceLane] = replace_lane<F64>;
}

} // namespace

void add_vector_lane_rules(RuleTable& rules)
{
    add_single_lanes(rules);
    rules[Opcode::I8x16AllTrue] = all_true<i8>;
    rules[Opcode::I16x8AllTrue] = all_true<i16>;
    rules[Opcode::I32x4AllTrue] = all_true<i32>;
    rules[Opcode::I64x2AllTrue] = all_true<i64>;
    rules[Opcode::I8x16Bitmask] = bitmask<i8>;
    rules[Opcode::I16x8Bitmask] = bitmask<i16>;
    rules[Opcode::I32x4Bitmask] = bitmask<i32>;
    rules[Opcode::I64x2Bitmask] = bitmask<i64>;
    rules[Opcode::I8x16Shuffle] = shuffle;
    rules[Opcode::I8x16Swizzle] = vswizzlop<ivswizzle<i8, iswizzle_lane<i8>>>;
}

} // namespace touchstone::reference
