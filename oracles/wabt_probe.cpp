#include "oracles/wabt_probe.hpp"

#include "oracles/feature_probes.hpp"
#include "oracles/wabt_store.hpp"

#include <array>
#include <string_view>

namespace touchstone {

/// What libwabt has a switch for.
struct Switch
{
    Feature feature;
    void (*enable)(wabt::Features&, bool);
};

static constexpr auto switches = std::to_array<Switch>({
    {Feature::SignExtension, [](auto& f, bool on) { f.set_sign_extension_enabled(on); }},
    {Feature::SatFloatToInt, [](auto& f, bool on) { f.set_sat_float_to_int_enabled(on); }},
    {Feature::MultiValue, [](auto& f, bool on) { f.set_multi_value_enabled(on); }},
    {Feature::BulkMemory, [](auto& f, bool on) { f.set_bulk_memory_enabled(on); }},
    {Feature::ReferenceTypes, [](auto& f, bool on) { f.set_reference_types_enabled(on); }},
    {Feature::Simd, [](auto& f, bool on) { f.set_simd_enabled(on); }},
    {Feature::TailCall, [](auto& f, bool on) { f.set_tail_call_enabled(on); }},
    {Feature::ExtendedConst, [](auto& f, bool on) { f.set_extended_const_enabled(on); }},
    {Feature::FunctionReferences, [](auto& f, bool on) { f.set_function_references_enabled(on); }},
    {Feature::Gc, [](auto& f, bool on) { f.set_gc_enabled(on); }},
    {Feature::Exceptions, [](auto& f, bool on) { f.set_exceptions_enabled(on); }},
    {Feature::MultiMemory, [](auto& f, bool on) { f.set_multi_memory_enabled(on); }},
    {Feature::Memory64, [](auto& f, bool on) { f.set_memory64_enabled(on); }},
    {Feature::RelaxedSimd, [](auto& f, bool on) { f.set_relaxed_simd_enabled(on); }},
});

static constexpr std::string_view table64_probe =
    R"((module (table i64 1 funcref) (func (export "f") (result i32)
        i64.const 0 table.get 0 ref.is_null)))";

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
    for (auto const& s : switches)
        s.enable(all, true);

    for (auto const& p : feature_probes()) {
        auto const bytes = assemble_probe(p.text);
        if (!bytes)
            return std::unexpected{
                "the probe for " + std::string{name(p.feature)} + " is " + bytes.error()};
        if (runs(*bytes, all))
            found.has.add(p.feature);
    }
    // A switch may turn on others, so that those which must be off come last.
    for (auto const on : {true, false})
        for (auto const& s : switches)
            if (found.has.has(s.feature) == on)
                s.enable(found.enabled, on);

    found.enabled.set_annotations_enabled(true); // of texts: they are a part of the standard

    auto const table64 = assemble_probe(table64_probe);
    found.table64 = table64 && runs(*table64, found.enabled);
    return found;
}

} // namespace touchstone
