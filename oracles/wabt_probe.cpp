#include "oracles/wabt_probe.hpp"

#include "engine/binary/encode.hpp"
#include "engine/text/parse.hpp"
#include "oracles/prepared.hpp"
#include "oracles/wabt_store.hpp"

#include <array>
#include <string_view>

namespace touchstone {

struct Probe
{
    Feature feature;
    void (*enable)(wabt::Features&, bool); ///< absent: libwabt has no switch for it
    std::string_view text;                 ///< exports "f", which answers i32 1
};

static constexpr auto probes = std::to_array<Probe>({
    {Feature::Wasm1, nullptr, R"((module (func (export "f") (result i32) i32.const 1)))"},
    {Feature::SignExtension, [](auto& f, bool on) { f.set_sign_extension_enabled(on); },
        R"((module (func (export "f") (result i32)
            i32.const 0xff i32.extend8_s i32.const -1 i32.eq)))"},
    {Feature::SatFloatToInt, [](auto& f, bool on) { f.set_sat_float_to_int_enabled(on); },
        R"((module (func (export "f") (result i32)
            f32.const inf i32.trunc_sat_f32_s i32.const 0x7fffffff i32.eq)))"},
    {Feature::MultiValue, [](auto& f, bool on) { f.set_multi_value_enabled(on); },
        R"((module (func $two (result i32 i32) i32.const 3 i32.const 2)
            (func (export "f") (result i32) call $two i32.sub)))"},
    {Feature::BulkMemory, [](auto& f, bool on) { f.set_bulk_memory_enabled(on); },
        R"((module (memory 1) (data "\01") (func (export "f") (result i32)
            i32.const 8 i32.const 0 i32.const 1 memory.init 0 data.drop 0
            i32.const 9 i32.const 8 i32.const 1 memory.copy i32.const 9 i32.load8_u)))"},
    {Feature::ReferenceTypes, [](auto& f, bool on) { f.set_reference_types_enabled(on); },
        R"((module (table $a 1 funcref) (table $b 1 externref) (func (export "f") (result i32)
            ref.null extern i32.const 1 table.grow $b i32.const 1 table.get $b ref.is_null
            i32.and)))"},
    {Feature::Simd, [](auto& f, bool on) { f.set_simd_enabled(on); },
        R"((module (func (export "f") (result i32)
            i32.const 1 i32x4.splat i8x16.popcnt i32x4.extract_lane 3)))"},
    {Feature::TailCall, [](auto& f, bool on) { f.set_tail_call_enabled(on); },
        R"((module (type $t (func (param i32) (result i32))) (table funcref (elem $down))
            (func $down (param i32) (result i32)
              local.get 0 i32.eqz if i32.const 1 return end
              local.get 0 i32.const 1 i32.sub i32.const 0 return_call_indirect (type $t))
            (func (export "f") (result i32) i32.const 100000 return_call $down)))"},
    {Feature::ExtendedConst, [](auto& f, bool on) { f.set_extended_const_enabled(on); },
        R"((module (global i32 i32.const 3 i32.const 2 i32.sub)
            (func (export "f") (result i32) global.get 0)))"},
    {Feature::FunctionReferences, [](auto& f, bool on) { f.set_function_references_enabled(on); },
        R"((module (type $t (func (result i32))) (elem declare func $one)
            (func $one (result i32) i32.const 1)
            (func (export "f") (result i32) (local $r (ref null $t))
              ref.func $one local.set $r local.get $r ref.as_non_null call_ref $t)))"},
    {Feature::Gc, [](auto& f, bool on) { f.set_gc_enabled(on); },
        R"((module (type $s (struct (field i32))) (func (export "f") (result i32)
            i32.const 1 struct.new $s struct.get $s 0)))"},
    {Feature::Exceptions, [](auto& f, bool on) { f.set_exceptions_enabled(on); },
        R"((module (tag $e (param i32)) (func (export "f") (result i32)
            block $caught (result i32)
              try_table (result i32) (catch $e $caught) i32.const 1 throw $e end
            end)))"},
    {Feature::MultiMemory, [](auto& f, bool on) { f.set_multi_memory_enabled(on); },
        R"((module (memory 1) (memory $m 1) (data (memory $m) (i32.const 0) "\01")
            (func (export "f") (result i32)
              i32.const 4 i32.const 0 i32.const 1 memory.copy 0 $m i32.const 4 i32.load)))"},
    {Feature::Memory64, [](auto& f, bool on) { f.set_memory64_enabled(on); },
        R"((module (memory i64 1) (data (i64.const 8) "\01") (func (export "f") (result i32)
            i64.const 0 i32.load offset=8)))"},
    {Feature::RelaxedSimd, [](auto& f, bool on) { f.set_relaxed_simd_enabled(on); },
        R"((module (func (export "f") (result i32)
            i32.const 2 i8x16.splat i32.const 0 i8x16.splat i8x16.relaxed_swizzle
            i32.const 3 i8x16.splat i16x8.relaxed_dot_i8x16_i7x16_s i16x8.extract_lane_s 0
            i32.const 12 i32.eq
            i32.const 2 i8x16.splat i32.const 3 i8x16.splat i32.const 5 i32x4.splat
            i32x4.relaxed_dot_i8x16_i7x16_add_s i32x4.extract_lane 0
            i32.const 29 i32.eq i32.and)))"},
});

static constexpr std::string_view table64_probe =
    R"((module (table i64 1 funcref) (func (export "f") (result i32)
        i64.const 0 table.get 0 ref.is_null)))";

static std::expected<std::vector<std::uint8_t>, std::string> assemble(std::string_view text)
{
    auto const module = parse_module(text);
    if (!module)
        return std::unexpected{describe(module.error())};
    auto bytes = encode(*module);
    if (auto const valid = prepare(bytes); !valid)
        return std::unexpected{describe(valid.error())};
    return bytes;
}

static bool runs(std::span<std::uint8_t const> bytes, wabt::Features const& features)
{
    WabtStore store{features, Limits::for_campaign()};
    std::optional<WabtStore::Instance> instance;
    auto const linker = [](std::string const&) { return std::nullopt; };
    auto const made = store.instantiate(bytes, 0, linker, instance);
    if (made.end != End::Returned)
        return false;
    auto const answer = store.invoke(*instance, "f", {});
    return answer.end == End::Returned && answer.values == std::vector{Value::from_i32(1)};
}

std::expected<WabtFeatures, std::string> probe_wabt()
{
    WabtFeatures found;
    wabt::Features all;
    for (auto const& p : probes)
        if (p.enable != nullptr)
            p.enable(all, true);

    for (auto const& p : probes) {
        auto const bytes = assemble(p.text);
        if (!bytes)
            return std::unexpected{
                "the probe for " + std::string{name(p.feature)} + " is " + bytes.error()};
        if (runs(*bytes, all))
            found.has.add(p.feature);
    }
    // A switch may turn on others, so that those which must be off come last.
    for (auto const on : {true, false})
        for (auto const& p : probes)
            if (p.enable != nullptr && found.has.has(p.feature) == on)
                p.enable(found.enabled, on);

    auto const table64 = assemble(table64_probe);
    found.table64 = table64 && runs(*table64, found.enabled);
    return found;
}

} // namespace touchstone
