#pragma once
// Every subcommand; main.cpp has their rows, and each has a file of its own.

#include "cli/command.hpp"

namespace touchstone::cli {

extern Command const corpus_command;
extern Command const coverage_command;
extern Command const diff_command;
extern Command const fuzz_command;
extern Command const gen_command;
extern Command const minimize_command;
extern Command const mutants_command;
extern Command const oracles_command;
extern Command const parse_command;
extern Command const print_command;
extern Command const report_command;
extern Command const repro_command;
extern Command const run_command;
extern Command const spec_command;
extern Command const validate_command;

} // namespace touchstone::cli
