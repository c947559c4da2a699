#pragma once
// Runs script files on engines, each pair in a process of its own, so that a crash or a hang costs
// one file and is told with its line.

#include "engine/syntax/profiles.hpp"
#include "harness/script/result.hpp"
#include "oracles/oracle.hpp"

#include <chrono>
#include <cstdint>
#include <expected>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace touchstone::script {

/// Script files under these paths, .wast, sorted within each folder; a path that is a file is taken
/// as it is. A folder is searched recursively; its
/// subfolders custom, legacy, proposals and next (tests of what is not in the standard) only with
/// `all`. The error names a path that is not there.
[[nodiscard]] std::expected<std::vector<std::string>, std::string> collect_scripts(
    std::vector<std::string> const& paths, bool all);

/// Where an engine comes from: called in the process that will use it; null if it is unusable.
struct EngineSource
{
    std::string name;
    std::string version = {};
    std::function<std::unique_ptr<Oracle>()> make;
};

/// One file on one engine.
struct FileReport
{
    std::string path;
    std::string oracle;
    std::string folder;  ///< of the suite beside the standard's own tests: "proposals/threads"
    std::string profile; ///< what modules were allowed to use
    std::uint64_t directives = 0; ///< of the script; the counts up to `unsupported` add up to it
    std::uint64_t done = 0;       ///< no assertions, and they went as they must
    std::uint64_t passed = 0;     ///< assertions, as the next five are directives
    std::uint64_t failed = 0;
    std::uint64_t skipped = 0;
    std::uint64_t not_applicable = 0;
    std::uint64_t crashed = 0;
    std::uint64_t known = 0; ///< failed or crashed, as was expected: not counted there
    std::map<std::string, std::uint64_t> unsupported;                    ///< by feature
    std::map<std::string, std::vector<std::uint32_t>> unsupported_lines; ///< of each, in order
    std::uint64_t modules = 0;                                           ///< instantiated
    std::vector<DirectiveResult> failures;       ///< failed and crashed ones
    std::vector<DirectiveResult> known_failures; ///< the expected ones; `reason` is theirs
    /// Of a script with threads: how many interleavings were tried, whether these are all, and what
    /// all actions together were seen to do in how many of them.
    std::uint64_t interleavings = 0;
    bool all_interleavings = false;
    std::map<std::string, std::uint64_t> joint_outcomes;
    std::string reason;         ///< of the first that was not tried, or why it is unreadable
    bool is_unreadable = false; ///< the script could not be read; nothing else is set
};

struct SuiteOptions
{
    unsigned jobs = 1;
    bool strict_messages = false;
    Profile const* profile = nullptr; ///< nullptr: that of the file's folder
    std::uint64_t seed = 0;           ///< of the interleaving of threads
    std::uint64_t interleavings = 1;  ///< of threads, to be tried one after the other, at most
    Limits limits = Limits::for_spec();
    std::chrono::seconds timeout{120}; ///< a file on an engine; then it counts as failed
    std::function<void(FileReport const&)> done = {}; ///< in order of completion
};

struct SuiteReport
{
    std::vector<FileReport> files; ///< file by file, engine by engine
    double user_seconds = 0;       ///< of the processes that ran the scripts
    std::uint64_t peak_rss_bytes = 0;
};

[[nodiscard]] SuiteReport run_suite(std::vector<std::string> const& files,
    std::vector<EngineSource> const& engines, SuiteOptions const& options);

/// One file on one engine, in this process. `before` is told each directive's line.
[[nodiscard]] FileReport run_file(std::string const& path, Oracle& oracle,
    SuiteOptions const& options, std::function<void(std::uint32_t line)> before = {});

} // namespace touchstone::script
