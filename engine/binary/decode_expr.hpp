#pragma once
// Expressions of the binary format (binary/instructions.html), read at a cursor without recursion.

#include "engine/binary/cursor.hpp"
#include "engine/binary/opcode_map.hpp"
#include "engine/syntax/module.hpp"

#include <optional>
#include <vector>

namespace touchstone::binary {

/// Reads one expression after another, and keeps what it grew for the next one.
class ExprReader
{
public:
    explicit ExprReader(FeatureSet features) : features_{features} {}

    /// An expression with its final `end`.
    [[nodiscard]] Expr read(Cursor& in);

    /// Where an instruction of the last expression used a data segment, if one did.
    [[nodiscard]] std::optional<std::size_t> data_use() const { return data_use_; }

private:
    /// What the prefix and the number behind it mean; refuses illegal opcodes of both kinds.
    [[nodiscard]] OpEntry read_rare(Cursor& in, std::uint8_t first) const;
    /// The row, with its real role if it may be there.
    [[nodiscard]] std::optional<OpEntry> allowed(OpEntry entry) const;
    /// Follows the nesting; true where the expression ends.
    [[nodiscard]] bool nest(Cursor const& in, OpEntry::Role role);
    void read_rarer_immediates(Cursor& in, Immediates immediates, Instr& i);
    void read_labels(Cursor& in, Instr& i);
    void read_types(Cursor& in, Instr& i);
    void read_catches(Cursor& in, Instr& i);
    void read_br_cast(Cursor& in, Instr& i);
    void read_vector(Cursor& in, Instr& i);

    enum class Open : std::uint8_t
    {
        Block,
        If,
        Try,
        TryCatch, ///< behind its first catch
    };

    FeatureSet features_;
    Expr grown_;
    std::vector<Open> open_;
    std::optional<std::size_t> data_use_;
};

} // namespace touchstone::binary
