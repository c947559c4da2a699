// Any bytes as the entropy of a program: the reference and the fast engine do the same with it.
#include "engine/binary/decode.hpp"
#include "engine/binary/encode.hpp"
#include "generators/generate.hpp"
#include "generators/transform.hpp"
#include "harness/compare/compare.hpp"
#include "oracles/in_process.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

namespace {

using namespace touchstone;

constexpr auto features = [] {
    auto f = wasm2;
    f.remove(Feature::Simd);
    f.add(Feature::ExtendedConst);
    f.add(Feature::TailCall);
    f.add(Feature::MultiMemory);
    return f;
}();

CaseJudgement judge(Case const& c)
{
    auto const prepared = prepare(c);
    for (auto const& m : prepared.modules)
        if (!m) {
            std::fprintf(stderr, "fuzz_differential: generated an invalid module\n");
            std::abort();
        }
    auto const limits = Limits::for_campaign();
    return compare(observe_reference(prepared, c.calls.size(), limits),
        observe_fast(prepared, c.calls.size(), limits), {.same_limits = true});
}

/// A stable line, so that crashes with one cause have one message.
void expect_agreement(CaseJudgement const& j, char const* variant)
{
    if (j.judgement.verdict != Verdict::Diverge)
        return;
    auto const reason = name(j.judgement.reason);
    std::fprintf(stderr, "fuzz_differential: %s: the engines diverge: %.*s\n", variant,
        static_cast<int>(reason.size()), reason.data());
    std::fprintf(stderr, "%s %zu: %s\n", j.in_instantiation ? "module" : "call", j.step,
        j.judgement.detail.c_str());
    std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    auto c = generators::smith({data, size}, features);
    auto const first = judge(c);
    expect_agreement(first, "as generated");
    if (first.judgement.reason != Reason::NanBits)
        return 0;
    for (auto& m : c.modules)
        m.bytes = encode(generators::canonicalise_nans(*decode(m.bytes)));
    expect_agreement(judge(c), "NaNs canonicalised");
    return 0;
}
