// Micro-benchmarks: decode, validate and compile given modules, and the small-module loop.

#include "bench/micro/benchmarks.hpp"

#include <benchmark/benchmark.h>

#include <cstdio>
#include <string_view>

static constexpr auto const* help =
    R"(Usage: touchstone_bench [--benchmark_OPTION=...] [FILE.wasm...]

Examples:
    # the small-module loop alone
    $ touchstone_bench
    # and how many MB/s of real modules are decoded, validated and compiled
    $ touchstone_bench node_modules/esbuild-wasm/esbuild.wasm
    # for programs; medians of nine repetitions
    $ touchstone_bench --benchmark_repetitions=9 --benchmark_report_aggregates_only --benchmark_format=json

Exit status: 0 all was measured, 2 wrong usage or a file that is no valid module.
)";

int main(int argc, char** argv)
{
    for (int i = 1; i < argc; ++i)
        if (argv[i] == std::string_view{"--help"}) {
            std::fputs(help, stdout);
            return 0;
        }
    benchmark::Initialize(&argc, argv);
    touchstone::bench::register_small_modules();
    for (int i = 1; i < argc; ++i) {
        auto const problem = touchstone::bench::register_module(argv[i]);
        if (problem.empty())
            continue;
        std::fprintf(stderr, "touchstone_bench: %s: %s\n", argv[i], problem.c_str());
        return 2;
    }
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
    return 0;
}
