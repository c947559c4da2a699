#include "generators/single_text.hpp"

#include "engine/binary/encode.hpp"
#include "engine/text/parse.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace touchstone::generators {

namespace {

constexpr std::uint32_t calls_a_case = 48;

std::uint32_t combinations(Trial const& t)
{
    std::uint32_t n = 1;
    for (auto const& o : t.operands)
        n *= static_cast<std::uint32_t>(o.size());
    return n;
}

std::string text_of(Trial const& t)
{
    auto const* const param = t.kind == ValType::Kind::I64 ? " (param i64)" : " (param i32)";
    std::string text{t.around};
    text += "(func (export \"op\")";
    for (std::size_t i = 0; i < t.operands.size(); ++i)
        text += param;
    text += t.function;
    text += ')';
    return text;
}

void append(std::vector<Trial>& to, std::vector<Trial> from)
{
    std::ranges::move(from, std::back_inserter(to));
}

/// One of each instruction first, then their further ones.
std::vector<Trial> in_rounds(std::vector<Trial> all)
{
    std::array<std::uint32_t, op_table.size()> seen{};
    std::vector<std::vector<Trial>> rounds;
    for (auto& t : all) {
        auto const round = seen.at(static_cast<std::size_t>(t.op))++;
        if (round == rounds.size())
            rounds.emplace_back();
        rounds[round].push_back(std::move(t));
    }
    std::vector<Trial> sorted;
    for (auto& round : rounds)
        append(sorted, std::move(round));
    return sorted;
}

std::vector<Trial> trials_of(FeatureSet features)
{
    constexpr FeatureSet base{
        Feature::Wasm1, Feature::MultiValue, Feature::BulkMemory, Feature::ReferenceTypes};
    std::vector<Trial> all;
    if (features.contains(base | FeatureSet{Feature::FunctionReferences}))
        append(all, reference_trials());
    if (features.contains(base | FeatureSet{Feature::FunctionReferences, Feature::TailCall}))
        append(all, tail_call_trials());
    if (features.contains(base | FeatureSet{Feature::Exceptions}))
        append(all, exception_trials());
    if (features.contains(base | FeatureSet{Feature::FunctionReferences, Feature::Gc}))
        append(all, object_trials());
    if (features.contains(base | FeatureSet{Feature::Memory64, Feature::MultiMemory}))
        append(all, wide_trials());
    return in_rounds(std::move(all));
}

} // namespace

std::uint32_t trial_cases(Trial const& t)
{
    return (combinations(t) + calls_a_case - 1) / calls_a_case;
}

Case trial_case(Trial const& t, std::uint32_t chunk)
{
    Case c;
    auto const module = parse_module(text_of(t));
    if (!module)
        return c;
    c.modules.push_back({"m", encode(*module)});
    auto const last = std::min((chunk + 1) * calls_a_case, combinations(t));
    for (auto n = chunk * calls_a_case; n < last; ++n) {
        std::vector<Value> args;
        auto left = n;
        for (auto const& o : t.operands) {
            auto const size = static_cast<std::uint32_t>(o.size());
            args.push_back({.kind = t.kind, .lo = o[left % size]});
            left /= size;
        }
        c.calls.push_back({0, "op", std::move(args)});
    }
    return c;
}

std::vector<Trial> const& trials(FeatureSet features)
{
    thread_local FeatureSet known;
    thread_local std::vector<Trial> all;
    if (features != known) {
        all = trials_of(features);
        known = features;
    }
    return all;
}

} // namespace touchstone::generators
