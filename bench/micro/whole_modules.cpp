#include "bench/micro/benchmarks.hpp"
#include "bench/micro/stand_ins.hpp"

#include "engine/binary/decode.hpp"
#include "engine/fast/store.hpp"

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

namespace touchstone::bench {

namespace {

using Bytes = std::vector<std::uint8_t>;

/// Of the file's bytes, whatever the step reads of them.
void count_bytes(benchmark::State& state, Bytes const& bytes)
{
    state.SetBytesProcessed(
        static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(bytes.size()));
}

void measure_decode(benchmark::State& state, Bytes const& bytes)
{
    while (state.KeepRunning())
        benchmark::DoNotOptimize(decode(bytes));
    count_bytes(state, bytes);
}

/// Without decoding: what is validated is copied while the clock stands.
void measure_validate(benchmark::State& state, Bytes const& bytes, Module const& module)
{
    while (state.KeepRunning()) {
        state.PauseTiming();
        auto copy = module;
        state.ResumeTiming();
        auto valid = validate(std::move(copy));
        benchmark::DoNotOptimize(valid);
        state.PauseTiming();
        valid = std::unexpected{Error{}};
        state.ResumeTiming();
    }
    count_bytes(state, bytes);
}

void measure_compile(benchmark::State& state, Bytes const& bytes, Module const& module)
{
    auto const valid = validate(module);
    auto const store = fast::make_store({});
    auto const imports = stand_ins(*store, **valid);
    if (!imports)
        return state.SkipWithError("an import has no stand-in");
    auto const made = store->module_instantiate(*valid, *imports);
    if (made.outcome.end == Outcome::End::Unsupported)
        return state.SkipWithError("the fast engine lacks a feature of it");
    if (!made.instance)
        return state.SkipWithError("it does not instantiate");
    while (state.KeepRunning())
        fast::compile_all(*store, *made.instance);
    count_bytes(state, bytes);
}

template <class Measure>
void add(std::string_view what, std::string const& path, Measure measure)
{
    auto const name = fmt::format("{}/{}", what, std::filesystem::path{path}.filename().string());
    benchmark::RegisterBenchmark(name.c_str(), std::move(measure))->Unit(benchmark::kMillisecond);
}

} // namespace

std::string register_module(std::string const& path)
{
    std::ifstream file{path, std::ios::binary};
    if (!file)
        return "cannot be read";
    auto const bytes = std::make_shared<Bytes const>(
        std::istreambuf_iterator<char>{file}, std::istreambuf_iterator<char>{});
    auto decoded = decode(*bytes);
    if (!decoded)
        return decoded.error().message;
    if (auto const valid = validate(*decoded); !valid)
        return valid.error().message;
    auto const module = std::make_shared<Module const>(std::move(*decoded));
    add("decode", path, [bytes](benchmark::State& state) { measure_decode(state, *bytes); });
    add("validate", path,
        [bytes, module](benchmark::State& state) { measure_validate(state, *bytes, *module); });
    add("compile", path,
        [bytes, module](benchmark::State& state) { measure_compile(state, *bytes, *module); });
    return {};
}

} // namespace touchstone::bench
