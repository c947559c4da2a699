# Language level, warnings, sanitizers and ccache: everything that all targets share.
set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_CXX_SCAN_FOR_MODULES OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR})

option(TOUCHSTONE_TESTS "Build the tests" ON)
option(TOUCHSTONE_BENCH "Build the micro-benchmarks, which need Google Benchmark" OFF)
option(TOUCHSTONE_FUZZERS "Build the libFuzzer targets" OFF)
set(TOUCHSTONE_PCH OFF CACHE STRING "Precompile the standard library's headers: ON, TESTS (in tests only) or OFF")
set(TOUCHSTONE_SANITIZE "" CACHE STRING "Comma-separated list for -fsanitize=")
set(LIB_FUZZING_ENGINE "$ENV{LIB_FUZZING_ENGINE}" CACHE STRING "What fuzz targets link")
if(NOT LIB_FUZZING_ENGINE)
    set(LIB_FUZZING_ENGINE "-fsanitize=fuzzer")
endif()

find_program(CCACHE ccache)
if(CCACHE AND TOUCHSTONE_PCH AND CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    # what ccache asks for with precompiled headers
    set(CMAKE_CXX_COMPILER_LAUNCHER
        ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
        ${CCACHE})
    add_compile_options("SHELL:-Xclang -fno-pch-timestamp")
elseif(CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()

add_library(touchstone_options INTERFACE)
target_include_directories(touchstone_options INTERFACE ${PROJECT_SOURCE_DIR})
# Floats must not depend on the compiler's taste: no fused multiply-add, no reassociation.
target_compile_options(touchstone_options INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wnon-virtual-dtor
    -Werror -ffp-contract=off -fno-fast-math)
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    # missing-field-initializers fires on designated initializers that leave defaults
    target_compile_options(touchstone_options INTERFACE
        -Wno-missing-field-initializers -Wno-missing-designated-field-initializers -fcolor-diagnostics)
    find_program(LLD NAMES ld.lld-22 ld.lld)
    if(LLD)
        add_link_options(--ld-path=${LLD})
    endif()
else()
    # gcc 12 sees ghosts inside its own library
    target_compile_options(touchstone_options INTERFACE
        -Wno-missing-field-initializers -Wno-maybe-uninitialized -Wno-restrict
        -Wno-array-bounds -Wno-stringop-overflow -fdiagnostics-color)
endif()
if(TOUCHSTONE_SANITIZE)
    add_compile_options(-fsanitize=${TOUCHSTONE_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    add_link_options(-fsanitize=${TOUCHSTONE_SANITIZE})
endif()
if(TOUCHSTONE_FUZZERS)
    add_compile_options(-fsanitize=fuzzer-no-link)
endif()
