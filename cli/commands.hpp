#pragma once
// Every subcommand; main.cpp has their rows, and each has a file of its own.

#include "cli/command.hpp"

namespace touchstone::cli {} // namespace touchstone::cli
