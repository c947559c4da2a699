#include "oracles/feature_probes.hpp"

#include "engine/binary/encode.hpp"
#include "engine/text/parse.hpp"
#include "oracles/prepared.hpp"

#include <array>

namespace touchstone {

static constexpr auto probes = std::to_array<FeatureProbe>({
    {Feature::Wasm1, R"((module (func (export "f") (result i32) i32.const 1)))"},
    {Feature::SignExtension,
        R"((module (func (export "f") (result i32)
            i32.const 0xff i32.extend8_s i32.const -1 i32.eq)))"},
    {Feature::SatFloatToInt,
        R"((module (func (export "f") (result i32)
            f32.const inf i32.trunc_sat_f32_s i32.const 0x7fffffff i32.eq)))"},
    {Feature::MultiValue,
        R"((module (func $two (result i32 i32) i32.const 3 i32.const 2)
            (func (export "f") (result i32) call $two i32.sub)))"},
    {Feature::BulkMemory,
        R"((module (memory 1) (data "\01") (func (export "f") (result i32)
            i32.const 8 i32.const 0 i32.const 1 memory.init 0 data.drop 0
            i32.const 9 i32.const 8 i32.const 1 memory.copy i32.const 9 i32.load8_u)))"},
    {Feature::ReferenceTypes,
        R"((module (table $a 1 funcref) (table $b 1 externref) (func (export "f") (result i32)
            ref.null extern i32.const 1 table.grow $b i32.const 1 table.get $b ref.is_null
            i32.and)))"},
    {Feature::Simd,
        R"((module (func (export "f") (result i32)
            i32.const 1 i32x4.splat i8x16.popcnt i32x4.extract_lane 3)))"},
    {Feature::TailCall,
        R"((module (type $t (func (param i32) (result i32))) (table funcref (elem $down))
            (func $down (param i32) (result i32)
              local.get 0 i32.eqz if i32.const 1 return end
              local.get 0 i32.const 1 i32.sub i32.const 0 return_call_indirect (type $t))
            (func (export "f") (result i32) i32.const 100000 return_call $down)))"},
    {Feature::ExtendedConst,
        R"((module (global i32 i32.const 3 i32.const 2 i32.sub)
            (func (export "f") (result i32) global.get 0)))"},
    {Feature::FunctionReferences,
        R"((module (type $t (func (result i32))) (elem declare func $one)
            (func $one (result i32) i32.const 1)
            (func (export "f") (result i32) (local $r (ref null $t))
              ref.func $one local.set $r local.get $r ref.as_non_null call_ref $t)))"},
    {Feature::Gc,
        R"((module (type $s (struct (field i32))) (func (export "f") (result i32)
            i32.const 1 struct.new $s struct.get $s 0)))"},
    {Feature::Exceptions,
        R"((module (tag $e (param i32)) (func (export "f") (result i32)
            block $caught (result i32)
              try_table (result i32) (catch $e $caught) i32.const 1 throw $e end
            end)))"},
    {Feature::MultiMemory,
        R"((module (memory 1) (memory $m 1) (data (memory $m) (i32.const 0) "\01")
            (func (export "f") (result i32)
              i32.const 4 i32.const 0 i32.const 1 memory.copy 0 $m i32.const 4 i32.load)))"},
    {Feature::Memory64,
        R"((module (memory i64 1) (data (i64.const 8) "\01") (func (export "f") (result i32)
            i64.const 0 i32.load offset=8)))"},
    {Feature::RelaxedSimd,
        R"((module (func (export "f") (result i32)
            i32.const 2 i8x16.splat i32.const 0 i8x16.splat i8x16.relaxed_swizzle
            i32.const 3 i8x16.splat i16x8.relaxed_dot_i8x16_i7x16_s i16x8.extract_lane_s 0
            i32.const 12 i32.eq
            i32.const 2 i8x16.splat i32.const 3 i8x16.splat i32.const 5 i32x4.splat
            i32x4.relaxed_dot_i8x16_i7x16_add_s i32x4.extract_lane 0
            i32.const 29 i32.eq i32.and)))"},
});

std::span<FeatureProbe const> feature_probes()
{
    return probes;
}

std::expected<std::vector<std::uint8_t>, std::string> assemble_probe(std::string_view text)
{
    auto const module = parse_module(text);
    if (!module)
        return std::unexpected{describe(module.error())};
    auto bytes = encode(*module);
    if (auto const valid = prepare(bytes); !valid)
        return std::unexpected{describe(valid.error())};
    return bytes;
}

} // namespace touchstone
