#include "engine/fast/handlers.hpp"

#include <array>

namespace touchstone::fast {

namespace {

using Rows = std::array<OpHandlers, op_table.size()>;

Rows all_rows()
{
    Rows rows{};
    for (auto const group :
        {i32_handlers(), i64_handlers(), f32_handlers(), f64_handlers(), conversion_handlers(),
            access_handlers(), vector_integer_handlers(), vector_float_handlers(),
            vector_convert_handlers(), vector_lane_handlers(), vector_access_handlers()})
        for (auto const& row : group)
            rows[static_cast<std::size_t>(row.op)] = row;
    return rows;
}

} // namespace

OpHandlers const* handlers_of(Opcode op)
{
    static Rows const rows = all_rows();
    auto const& row = rows[static_cast<std::size_t>(op)];
    return row.plain != nullptr ? &row : nullptr;
}

} // namespace touchstone::fast
