#include "engine/binary/encode.hpp"
#include "generators/boundary.hpp"
#include "generators/builder.hpp"
#include "generators/operations.hpp"
#include "generators/single.hpp"

namespace touchstone::generators {

namespace {

constexpr std::uint32_t tuples_a_case = 20;

using Tuple = std::vector<std::uint64_t>;

std::uint32_t tuple_count(OpInfo const& row)
{
    auto const params = row.type.params();
    auto const all = boundary_values(number_kind(params[0])).size();
    if (params.size() == 1)
        return static_cast<std::uint32_t>(all);
    auto const pairs = boundary_pair_values(number_kind(params[0])).size();
    return static_cast<std::uint32_t>(pairs * pairs + (all - pairs)); // and the rest with itself
}

/// Operand tuple number `n`: one value; or a pair of the core, then each other value with itself.
/// More operands than two walk the core at different paces.
Tuple tuple(OpInfo const& row, std::uint32_t n)
{
    auto const params = row.type.params();
    if (params.size() == 1)
        return {boundary_values(number_kind(params[0]))[n]};
    auto const pairs = boundary_pair_values(number_kind(params[0])).size();
    Tuple t;
    for (std::size_t i = 0; i < params.size(); ++i) {
        auto const kind = number_kind(params[i]);
        auto const core = boundary_pair_values(kind);
        if (n >= pairs * pairs)
            t.push_back(boundary_values(kind)[n - pairs * pairs + pairs]);
        else if (i == 0)
            t.push_back(core[n % pairs]);
        else
            t.push_back(core[(n / pairs + (i - 1) * n) % pairs]);
    }
    return t;
}

/// Builds the module of one case: functions of one type beside those of the instruction's own.
class NumericCase
{
public:
    explicit NumericCase(Opcode op) : op_{op}
    {
        for (auto const o : info(op).type.params())
            type_.params.push_back({number_kind(o)});
        for (auto const o : info(op).type.results())
            type_.results.push_back({number_kind(o)});
    }

    /// The instruction on its parameters.
    void plain()
    {
        Code c;
        arguments(c);
        c.op(op_);
        add("op", type_, c);
    }

    /// The instruction on one parameter given to every operand.
    void same()
    {
        Code c;
        for (std::size_t i = 0; i < type_.params.size(); ++i)
            c.op(Opcode::LocalGet, 0);
        c.op(op_);
        add("same", {{type_.params[0]}, type_.results}, c);
    }

    /// A truth value that is branched on at once, each way that compilers fuse.
    void branch()
    {
        Code c;
        arguments(c);
        c.op(op_);
        c.block(Opcode::If, {BlockType::Kind::Value, i32, 0});
        c.i32_const(1);
        c.op(Opcode::Else);
        c.i32_const(2);
        c.end();
        c.block(Opcode::Block, {BlockType::Kind::Value, i32, 0});
        c.i32_const(4);
        arguments(c);
        c.op(op_);
        c.op(Opcode::BrIf, 0);
        c.op(Opcode::Drop);
        c.i32_const(8);
        c.end();
        c.op(Opcode::I32Or);
        c.i32_const(16);
        c.i32_const(32);
        arguments(c);
        c.op(op_);
        c.op(Opcode::I32Eqz);
        c.op(Opcode::Select);
        c.op(Opcode::I32Or);
        add("branch", {type_.params, {i32}}, c);
    }

    /// The operands as constants: all of them, or all but the one of the number `kept`.
    void constants(std::string name, Tuple const& values, std::size_t kept)
    {
        Code c;
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (i == kept)
                c.op(Opcode::LocalGet, static_cast<Index>(i));
            else
                c.constant(type_.params[i].kind, values[i]);
        }
        c.op(op_);
        add(std::move(name), type_, c);
    }

    [[nodiscard]] FuncType const& type() const { return type_; }
    [[nodiscard]] std::vector<std::uint8_t> bytes() const { return encode(module_); }

private:
    void arguments(Code& c) const
    {
        for (std::size_t i = 0; i < type_.params.size(); ++i)
            c.op(Opcode::LocalGet, static_cast<Index>(i));
    }
    void add(std::string name, FuncType const& type, Code& c)
    {
        c.end();
        auto const index = static_cast<Index>(module_.funcs.size());
        module_.exports.push_back(
            {.name = std::move(name), .kind = ExternKind::Func, .index = index});
        module_.funcs.push_back({.type = type_index(module_, type), .body = c.take()});
    }

    Opcode op_;
    FuncType type_;
    Module module_;
};

} // namespace

std::uint32_t single_numeric_cases(OpInfo const& row)
{
    return (tuple_count(row) + tuples_a_case - 1) / tuples_a_case;
}

Case single_numeric(Opcode op, std::uint32_t chunk)
{
    auto const& row = info(op);
    NumericCase build{op};
    auto const& type = build.type();
    auto const is_truth_like = type.results == ResultType{i32};
    auto const is_pair = type.params.size() == 2 && type.params[0] == type.params[1];
    build.plain();
    if (is_truth_like)
        build.branch();
    if (is_pair)
        build.same();

    Case c;
    auto const last = std::min((chunk + 1) * tuples_a_case, tuple_count(row));
    for (auto n = chunk * tuples_a_case; n < last; ++n) {
        auto const values = tuple(row, n);
        std::vector<Value> args;
        for (std::size_t i = 0; i < values.size(); ++i)
            args.push_back(number_value(type.params[i].kind, values[i]));
        auto const constants = "k" + std::to_string(n);
        // n % 3: all constants, or one operand kept as an argument (only pairs have one to spare)
        build.constants(constants, values, is_pair ? (n % 3 + 2) % 3 : values.size());
        c.calls.push_back({0, "op", args});
        c.calls.push_back({0, constants, args});
        if (is_truth_like)
            c.calls.push_back({0, "branch", args});
        if (is_pair && values[0] == values[1])
            c.calls.push_back({0, "same", {args[0]}});
    }
    c.modules.push_back({"m", build.bytes()});
    return c;
}

} // namespace touchstone::generators
