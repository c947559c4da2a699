#pragma once
// Features of WebAssembly as data: what a module uses, what an engine has, which profile contains
// what.

#include <array>
#include <bit>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>

namespace touchstone {

/// A feature that an engine may have or lack. Wasm1 is what every engine has; those behind
/// RelaxedSimd are proposals, in no version of the standard.
enum class Feature : std::uint8_t
{
    Wasm1,
    SignExtension,
    SatFloatToInt,
    MultiValue,
    BulkMemory,
    ReferenceTypes,
    Simd,
    TailCall,
    ExtendedConst,
    FunctionReferences,
    Gc,
    Exceptions,
    MultiMemory,
    Memory64,
    RelaxedSimd,
    WideArithmetic,
    CompactImportSection,
    Threads,
    CustomPageSizes,
    LegacyExceptions,
    StackSwitching,
    CustomDescriptors,
};

inline constexpr auto feature_names = std::to_array<std::string_view>({
    "wasm1",
    "sign-extension",
    "sat-float-to-int",
    "multi-value",
    "bulk-memory",
    "reference-types",
    "simd",
    "tail-call",
    "extended-const",
    "function-references",
    "gc",
    "exceptions",
    "multi-memory",
    "memory64",
    "relaxed-simd",
    "wide-arithmetic",
    "compact-import-section",
    "threads",
    "custom-page-sizes",
    "legacy-exceptions",
    "stack-switching",
    "custom-descriptors",
});

inline constexpr std::size_t feature_count = feature_names.size();

[[nodiscard]] constexpr std::string_view name(Feature f)
{
    return feature_names[static_cast<std::size_t>(f)];
}

[[nodiscard]] constexpr std::optional<Feature> feature_named(std::string_view text)
{
    for (std::size_t i = 0; i < feature_count; ++i)
        if (feature_names[i] == text)
            return static_cast<Feature>(i);
    return std::nullopt;
}

/// A set of features.
class FeatureSet
{
public:
    constexpr FeatureSet() = default;
    constexpr FeatureSet(std::initializer_list<Feature> features)
    {
        for (auto const f : features)
            add(f);
    }

    constexpr void add(Feature f) { bits_ |= std::uint64_t{1} << static_cast<unsigned>(f); }
    constexpr void remove(Feature f) { bits_ &= ~(std::uint64_t{1} << static_cast<unsigned>(f)); }
    [[nodiscard]] constexpr bool has(Feature f) const
    {
        return (bits_ >> static_cast<unsigned>(f) & 1) != 0;
    }
    [[nodiscard]] constexpr bool contains(FeatureSet other) const
    {
        return (other.bits_ & ~bits_) == 0;
    }
    [[nodiscard]] constexpr bool empty() const { return bits_ == 0; }

    /// The first feature that is in `this` and not in `other`.
    [[nodiscard]] constexpr std::optional<Feature> first_missing_in(FeatureSet other) const
    {
        auto const missing = bits_ & ~other.bits_;
        if (missing == 0)
            return std::nullopt;
        return static_cast<Feature>(std::countr_zero(missing));
    }

    [[nodiscard]] constexpr std::uint64_t bits() const { return bits_; }
    [[nodiscard]] static constexpr FeatureSet from_bits(std::uint64_t bits)
    {
        FeatureSet s;
        s.bits_ = bits & ((std::uint64_t{1} << feature_count) - 1);
        return s;
    }

    friend constexpr FeatureSet operator|(FeatureSet a, FeatureSet b)
    {
        return from_bits(a.bits_ | b.bits_);
    }
    friend constexpr FeatureSet operator&(FeatureSet a, FeatureSet b)
    {
        return from_bits(a.bits_ & b.bits_);
    }
    friend constexpr bool operator==(FeatureSet, FeatureSet) = default;

private:
    std::uint64_t bits_ = 0;
};

/// The versions of the standard: Wasm1 is contained in Wasm2 is contained in Wasm3.
inline constexpr FeatureSet wasm1{Feature::Wasm1};
inline constexpr FeatureSet wasm2 =
    wasm1 | FeatureSet{Feature::SignExtension, Feature::SatFloatToInt, Feature::MultiValue,
                Feature::BulkMemory, Feature::ReferenceTypes, Feature::Simd};
inline constexpr FeatureSet wasm3 =
    wasm2 | FeatureSet{Feature::TailCall, Feature::ExtendedConst, Feature::FunctionReferences,
                Feature::Gc, Feature::Exceptions, Feature::MultiMemory, Feature::Memory64,
                Feature::RelaxedSimd};

} // namespace touchstone
