#include "generators/generate.hpp"

#include "engine/binary/decode.hpp"
#include "engine/binary/encode.hpp"
#include "engine/text/print.hpp"
#include "generators/entropy.hpp"
#include "generators/near_valid.hpp"
#include "generators/single.hpp"
#include "generators/smith_module.hpp"

#include <array>
#include <string>

namespace touchstone::generators {

namespace {

constexpr auto kind_names =
    std::to_array<std::string_view>({"single", "smith", "mixed", "near-valid", "near-valid-text"});

constexpr std::uint64_t mixed_period = 64; ///< one Single in so many

/// A prime: neighbours differ in the instruction, not in an operand only.
constexpr std::uint64_t single_stride = 7'919;

/// Between half a kilobyte and two of choices; more where objects take their share.
Case smith_of(std::uint64_t seed, std::uint64_t index, FeatureSet features)
{
    auto bytes = entropy_from(seed, index, 2048);
    auto const length = 600 + 5 * std::size_t{bytes.back()};
    if (Entropy head{bytes}; swarm(head, features).has(Group::Modern))
        bytes = entropy_from(seed, index, 2 * length);
    else
        bytes.resize(length);
    return smith(bytes, features);
}

/// One Single to three Smith, without calls.
Case some_module_of(std::uint64_t seed, std::uint64_t index, FeatureSet features)
{
    auto c = index % 4 == 0 ? single(index / 4 * single_stride, features)
                            : smith_of(seed, index, features);
    c.calls.clear();
    return c;
}

/// By turns four cases are changed in their bytes and four in what they
/// mean.
Case near_valid_of(std::uint64_t seed, std::uint64_t index, FeatureSet features)
{
    auto c = some_module_of(seed, index, features);
    auto const choices = entropy_from(~seed, index, 256);
    Entropy in{choices};
    auto& bytes = c.modules.back().bytes;
    if (index / 4 % 2 == 0) {
        bytes = change_bytes(in, std::move(bytes));
    } else if (auto m = decode(bytes)) {
        change_module(in, *m);
        bytes = encode(*m);
    }
    return c;
}

Case near_valid_text_of(std::uint64_t seed, std::uint64_t index, FeatureSet features)
{
    auto c = some_module_of(seed, index, features);
    auto const choices = entropy_from(~seed, index, 256);
    Entropy in{choices};
    auto& m = c.modules.back();
    if (auto const module = decode(m.bytes)) {
        auto const text = change_text(in, print(*module));
        m.bytes.assign(text.begin(), text.end());
        m.format = Format::Text;
    }
    return c;
}

Case make(Kind kind, std::uint64_t seed, std::uint64_t index, FeatureSet features)
{
    switch (kind) {
    case Kind::Single: return single(index, features);
    case Kind::Smith: return smith_of(seed, index, features);
    case Kind::NearValid: return near_valid_of(seed, index, features);
    case Kind::NearValidText: return near_valid_text_of(seed, index, features);
    case Kind::Mixed: break;
    }
    if (index % mixed_period == 0)
        return single(index / mixed_period, features);
    return smith_of(seed, index, features);
}

} // namespace

std::string_view name(Kind k)
{
    return kind_names[static_cast<std::size_t>(k)];
}

std::vector<std::string> names_of_kinds()
{
    return {kind_names.begin(), kind_names.end()};
}

std::optional<Kind> kind_named(std::string_view text)
{
    for (std::size_t i = 0; i < kind_names.size(); ++i)
        if (kind_names[i] == text)
            return static_cast<Kind>(i);
    return std::nullopt;
}

Case generate(Kind kind, std::uint64_t seed, std::uint64_t index, FeatureSet features)
{
    auto c = make(kind, seed, index, features);
    c.origin = std::string{name(kind)} + "/" + std::to_string(version) + " seed " +
               std::to_string(seed) + " index " + std::to_string(index);
    return c;
}

} // namespace touchstone::generators
