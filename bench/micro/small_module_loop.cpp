#include "bench/micro/benchmarks.hpp"
#include "bench/micro/small_modules.hpp"

#include "engine/binary/decode.hpp"
#include "engine/fast/store.hpp"
#include "engine/reference/store.hpp"

#include <benchmark/benchmark.h>

#include <memory>

namespace touchstone::bench {

namespace {

constexpr std::size_t modules = 500;

using Set = std::vector<std::vector<std::uint8_t>>;
using MakeStore = std::unique_ptr<Store> (*)();

std::unique_ptr<Store> fast_store()
{
    return fast::make_store({});
}
std::unique_ptr<Store> reference_store()
{
    return reference::make_store({});
}

/// Time is shown for one module: an iteration is one.
template <class Step>
void for_each_module(benchmark::State& state, Set const& set, Step step)
{
    std::size_t i = 0;
    while (state.KeepRunning()) {
        step(set[i]);
        i = i + 1 < set.size() ? i + 1 : 0;
    }
}

void measure_decode(benchmark::State& state, Set const& set)
{
    for_each_module(state, set, [](auto const& bytes) { benchmark::DoNotOptimize(decode(bytes)); });
}

void measure_validate(benchmark::State& state, Set const& set)
{
    for_each_module(
        state, set, [](auto const& bytes) { benchmark::DoNotOptimize(validate(*decode(bytes))); });
}

/// The whole loop: a store each, which goes at the end.
void measure_run(benchmark::State& state, Set const& set, MakeStore make_store)
{
    auto const argument = Value::from_i32(12345);
    for_each_module(state, set, [&](auto const& bytes) {
        auto const valid = validate(*decode(bytes));
        auto const store = make_store();
        auto const made = store->module_instantiate(*valid, {});
        auto const run = store->instance_export(*made.instance, "run");
        auto const outcome = store->func_invoke(FuncAddr{run->address}, {&argument, 1});
        if (outcome.end != Outcome::End::Returned)
            state.SkipWithError("a small module did not return");
    });
}

} // namespace

void register_small_modules()
{
    auto const set = std::make_shared<Set const>(small_modules(modules));
    auto const add = [](char const* name, auto const& measure) {
        benchmark::RegisterBenchmark(name, measure)->Unit(benchmark::kMicrosecond);
    };
    add("small/decode", [set](benchmark::State& s) { measure_decode(s, *set); });
    add("small/decode+validate", [set](benchmark::State& s) { measure_validate(s, *set); });
    add("small/loop/fast", [set](benchmark::State& s) { measure_run(s, *set, fast_store); });
    add("small/loop/reference",
        [set](benchmark::State& s) { measure_run(s, *set, reference_store); });
}

} // namespace touchstone::bench
