#include "engine/syntax/opcode.hpp"

#include <fmt/core.h>

int main()
{
    fmt::print("touchstone: {} instructions\n", touchstone::op_table.size());
}
