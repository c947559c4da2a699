#include "engine/binary/encode.hpp"
#include "generators/boundary.hpp"
#include "generators/builder.hpp"
#include "generators/operations.hpp"
#include "generators/single.hpp"

namespace touchstone::generators {

namespace {

constexpr std::uint32_t tuples_a_case = 12;
constexpr std::size_t pair_count = 20; ///< each with each
constexpr unsigned shuffles = 6;

/// How many operand tuples: lanes take boundary values, pairs of them or triples at a time.
std::uint32_t tuple_count(OpInfo const& row)
{
    auto const shape = shape_of(row.text);
    auto const lanes = std::max<std::size_t>(shape.count(), 1);
    auto const values =
        row.type.params().size() == 1 ? boundary_lanes(shape).size() : pair_count * pair_count;
    auto const tuples = static_cast<std::uint32_t>((values + lanes - 1) / lanes);
    return std::max(tuples, lane_choices(opcode_of(row)));
}

/// Lane `k` of operand number `operand` in tuple `n`: all values of one operand, all pairs of two.
std::uint64_t lane_value(LaneShape shape, std::size_t operand, std::size_t place, bool alone)
{
    auto const pool = boundary_lanes(shape);
    if (alone)
        return pool[place % pool.size()];
    auto const at = operand == 0   ? place
                    : operand == 1 ? place / pair_count
                                   : place * 7 + place / pair_count;
    return pool[at % pair_count];
}

Value operand_of(OpInfo const& row, std::size_t operand, std::uint32_t n)
{
    auto const params = row.type.params();
    auto const kind = number_kind(params[operand]);
    if (kind != ValType::Kind::V128) {
        auto const pool = boundary_values(kind);
        return number_value(kind, pool[n % pool.size()]);
    }
    auto const shape = shape_of(row.text);
    std::vector<std::uint64_t> lanes(shape.count());
    for (std::size_t k = 0; k < lanes.size(); ++k)
        lanes[k] = lane_value(shape, operand, n * lanes.size() + k, params.size() == 1);
    return vector_of(shape, lanes);
}

/// Lanes of i8x16.shuffle: the first operand, the second, both reversed, interleaved, one lane, and
/// without order.
V128 shuffle_lanes(unsigned which)
{
    V128 v;
    for (unsigned k = 0; k < 16; ++k) {
        auto const lane = std::array{k, 16 + k, 31 - 2 * k, k / 2 + k % 2 * 16, 31U,
            (k * 11 + k * k + 5) % 32}[which % shuffles];
        v.bytes[k] = static_cast<std::uint8_t>(lane);
    }
    return v;
}

/// Builds the module of one case.
class VectorCase
{
public:
    explicit VectorCase(Opcode op) : op_{op}
    {
        for (auto const o : info(op).type.params())
            type_.params.push_back({number_kind(o)});
        for (auto const o : info(op).type.results())
            type_.results.push_back({number_kind(o)});
    }

    /// The instruction on its parameters.
    void plain(std::string name, unsigned variant)
    {
        Code c;
        for (std::size_t i = 0; i < type_.params.size(); ++i)
            c.op(Opcode::LocalGet, static_cast<Index>(i));
        emit(c, variant);
        add(std::move(name), type_, c);
    }

    /// The instruction on one parameter given to every operand.
    void same()
    {
        Code c;
        for (std::size_t i = 0; i < type_.params.size(); ++i)
            c.op(Opcode::LocalGet, 0);
        emit(c, 0);
        add("same", {{type_.params[0]}, type_.results}, c);
    }

    /// The operands as constants, but for the one of the number `kept`.
    void constants(
        std::string name, std::vector<Value> const& values, std::size_t kept, unsigned variant)
    {
        Code c;
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (i == kept)
                c.op(Opcode::LocalGet, static_cast<Index>(i));
            else if (values[i].kind == ValType::Kind::V128)
                c.vector(Opcode::V128Const, vector_bytes(values[i]));
            else
                c.constant(values[i].kind, values[i].lo);
        }
        emit(c, variant);
        add(std::move(name), type_, c);
    }

    /// How many immediates are tried.
    [[nodiscard]] unsigned variants() const
    {
        if (info(op_).immediates == Immediates::Lanes16)
            return shuffles;
        return std::max(lane_choices(op_), 1U);
    }
    [[nodiscard]] FuncType const& type() const { return type_; }
    [[nodiscard]] std::vector<std::uint8_t> bytes() const { return encode(module_); }

private:
    void emit(Code& c, unsigned variant) const
    {
        if (info(op_).immediates == Immediates::Lanes16)
            return c.vector(op_, shuffle_lanes(variant));
        c.op(op_);
        if (info(op_).immediates == Immediates::Lane)
            c.set_lane(variant);
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

Value single_vector_operand(LaneShape shape, std::uint32_t n)
{
    std::vector<std::uint64_t> lanes(shape.count());
    for (std::size_t k = 0; k < lanes.size(); ++k)
        lanes[k] = lane_value(shape, 0, n * lanes.size() + k, true);
    return vector_of(shape, lanes);
}

std::uint32_t single_vector_cases(OpInfo const& row)
{
    return (tuple_count(row) + tuples_a_case - 1) / tuples_a_case;
}

Case single_vector(Opcode op, std::uint32_t chunk)
{
    auto const& row = info(op);
    VectorCase build{op};
    auto const& params = build.type().params;
    auto const operands = params.size();
    auto const may_be_same =
        operands > 1 && std::ranges::all_of(params, [](ValType t) { return t.is_vec(); });
    for (unsigned v = 0; v < build.variants(); ++v)
        build.plain("op" + std::to_string(v), v);
    if (may_be_same)
        build.same();

    Case c;
    auto const last = std::min((chunk + 1) * tuples_a_case, tuple_count(row));
    for (auto n = chunk * tuples_a_case; n < last; ++n) {
        std::vector<Value> values;
        for (std::size_t i = 0; i < operands; ++i)
            values.push_back(operand_of(row, i, n));
        auto const variant = n % build.variants();
        auto const constants = "k" + std::to_string(n);
        build.constants(constants, values, n % (operands + 1), variant);
        c.calls.push_back({0, "op" + std::to_string(variant), values});
        c.calls.push_back({0, constants, values});
        if (may_be_same && n % 4 == 0)
            c.calls.push_back({0, "same", {values[0]}});
    }
    c.modules.push_back({"m", build.bytes()});
    return c;
}

} // namespace touchstone::generators
