# One static library a layer, linked to exactly the layers it may include (ci/check_layers.py holds the
# includes against the same arrows), and how tests and fuzz targets are made.

# The standard library, the great libraries and the table of instructions are parsed once for all layers, and once with the
# test framework for all tests, instead of once a file, which more than halves the time of a build. Sources include what
# they use all the same: in the full g++ build only tests have such a
# header.
set(touchstone_common_headers <algorithm> <array> <bit> <chrono> <cstdint> <cstring> <expected> <filesystem>
    <functional> <map> <memory> <optional> <span> <string> <string_view> <unordered_map> <utility> <variant> <vector>
    <fmt/format.h> <nlohmann/json.hpp> ${PROJECT_SOURCE_DIR}/engine/syntax/module.hpp)

# touchstone_precompile(TARGET HEADERS when): uses the header that the library target HEADERS has.
function(touchstone_precompile target headers when)
    if(TOUCHSTONE_PCH IN_LIST when)
        target_precompile_headers(${target} REUSE_FROM ${headers})
    endif()
endfunction()

# touchstone_headers(TARGET HEADER...): gives the target, which has no code, the header that others of its kind reuse.
function(touchstone_headers name)
    file(CONFIGURE OUTPUT ${name}.cpp CONTENT "// compiled for its precompiled header\n")
    target_sources(${name} PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/${name}.cpp)
    target_link_libraries(${name} PRIVATE touchstone_options fmt::fmt nlohmann_json::nlohmann_json)
    set_target_properties(${name} PROPERTIES EXPORT_COMPILE_COMMANDS OFF)
    target_precompile_headers(${name} PRIVATE ${touchstone_common_headers} ${ARGN})
endfunction()

# touchstone_compile_layer(TARGET): how the sources of a layer are compiled. With sanitizers only engines and generators
# are optimised: what the layers around them do is over sooner than the optimiser.
function(touchstone_compile_layer target)
    if(TOUCHSTONE_SANITIZE AND NOT CMAKE_CURRENT_SOURCE_DIR MATCHES "/(engine|generators)")
        target_compile_options(${target} PRIVATE -O0)
        touchstone_precompile(${target} touchstone_unoptimised_headers "ON")
    else()
        touchstone_precompile(${target} touchstone_layer_headers "ON")
    endif()
endfunction()

# touchstone_layer(NAME SOURCES ... DEPENDS ... [FAULTS]): a layer without sources is headers only. FAULTS: planted ones
# are compiled into a second library of it, which the program touchstone_faults alone links.
function(touchstone_layer name)
    cmake_parse_arguments(ARG "FAULTS" "" "SOURCES;DEPENDS" ${ARGN})
    set(target touchstone_${name})
    if(ARG_SOURCES)
        add_library(${target} STATIC ${ARG_SOURCES})
        target_link_libraries(${target} PUBLIC touchstone_options ${ARG_DEPENDS})
        touchstone_compile_layer(${target})
    else()
        add_library(${target} INTERFACE)
        target_link_libraries(${target} INTERFACE touchstone_options ${ARG_DEPENDS})
    endif()
    if(ARG_FAULTS)
        add_library(${target}_faults OBJECT EXCLUDE_FROM_ALL ${ARG_SOURCES})
        target_link_libraries(${target}_faults PRIVATE touchstone_options ${ARG_DEPENDS})
        target_compile_definitions(${target}_faults PRIVATE TOUCHSTONE_FAULTS)
        set_target_properties(${target}_faults PROPERTIES EXPORT_COMPILE_COMMANDS OFF) # linted once
        touchstone_compile_layer(${target}_faults)
    endif()
endfunction()

# touchstone_test(NAME LABEL label SOURCES ... DEPENDS ...): one gtest program, one ctest entry.
function(touchstone_test name)
    cmake_parse_arguments(ARG "" "LABEL" "SOURCES;DEPENDS" ${ARGN})
    add_executable(${name} ${ARG_SOURCES})
    target_link_libraries(${name} PRIVATE touchstone_options ${ARG_DEPENDS} GTest::gmock_main)
    # what is tested is optimised; optimising assertions would take half of a build's time
    target_compile_options(${name} PRIVATE -O0)
    touchstone_precompile(${name} touchstone_test_headers "ON;TESTS")
    add_test(NAME ${name} COMMAND ${name})
    set_tests_properties(${name} PROPERTIES LABELS ${ARG_LABEL} TIMEOUT 600)
    # all that tests the library and needs neither the program nor the official suite; the engines' part of it
    if(NOT TARGET library_tests)
        add_custom_target(library_tests)
        add_custom_target(engine_tests)
    endif()
    if(ARG_LABEL MATCHES "unit|property")
        add_dependencies(library_tests ${name})
    endif()
    if(CMAKE_CURRENT_SOURCE_DIR MATCHES "/unit/engine")
        add_dependencies(engine_tests ${name})
        set_property(TEST ${name} APPEND PROPERTY LABELS engine)
    endif()
    if(ARG_LABEL STREQUAL "spec")
        # Without the official suite these programs skip all their tests: that is not a pass.
        set_tests_properties(${name} PROPERTIES SKIP_REGULAR_EXPRESSION "\\[  SKIPPED \\]")
    endif()
endfunction()

# touchstone_fuzz_target(NAME SOURCES ... DEPENDS ...): only with TOUCHSTONE_FUZZERS.
function(touchstone_fuzz_target name)
    if(NOT TOUCHSTONE_FUZZERS)
        return()
    endif()
    cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS" ${ARGN})
    add_executable(${name} ${ARG_SOURCES})
    target_link_libraries(${name} PRIVATE touchstone_options ${ARG_DEPENDS} ${LIB_FUZZING_ENGINE})
    if(NOT TARGET fuzz_targets)
        add_custom_target(fuzz_targets)
    endif()
    add_dependencies(fuzz_targets ${name})
endfunction()
