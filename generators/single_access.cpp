#include "engine/binary/encode.hpp"
#include "generators/boundary.hpp"
#include "generators/builder.hpp"
#include "generators/operations.hpp"
#include "generators/single.hpp"

#include <bit>

namespace touchstone::generators {

namespace {

constexpr std::uint32_t page = static_cast<std::uint32_t>(page_size);

/// Sixteen bytes whose every window has another sign and value.
std::vector<std::uint8_t> pattern(std::uint8_t first)
{
    std::vector<std::uint8_t> bytes;
    for (std::uint8_t i = 0; i < 16; ++i)
        bytes.push_back(static_cast<std::uint8_t>(first + i * 0x3D + (i % 2) * 0x80));
    return bytes;
}

Data data_at(std::uint32_t address, std::vector<std::uint8_t> bytes)
{
    return {.mode = Data::Mode::Active,
        .offset = constant_expr(ValType::Kind::I32, address),
        .bytes = std::move(bytes)};
}

/// A module with one memory, whose functions perform the one access.
class AccessCase
{
public:
    explicit AccessCase(Opcode op) : op_{op}, stores_{info(op).type.results().empty()}
    {
        auto const& type = info(op).type;
        number_ = number_kind(stores_ ? type.params()[1] : type.results()[0]);
        is_lane_load_ = !stores_ && info(op).immediates == Immediates::MemargLane;
        module_.memories.push_back({.type = {{.min = 1, .max = 2}}});
        module_.datas.push_back(data_at(0, pattern(0x81)));
        module_.datas.push_back(data_at(page - 16, pattern(0x17)));
        Code grow;
        grow.op(Opcode::LocalGet, 0);
        grow.op(Opcode::MemoryGrow);
        add("grow", {{i32}, {i32}}, grow);
    }

    /// The access at the parameter plus `offset`.
    void at_offset(std::string name, std::uint32_t offset, unsigned align)
    {
        Code c;
        c.op(Opcode::LocalGet, 0);
        access(c, offset, align);
        add(std::move(name), type(), c);
    }

    /// The access at a constant address.
    void at_constant(std::string name, std::uint32_t address)
    {
        Code c;
        c.i32_const(address);
        access(c, 0, natural_alignment());
        add(std::move(name), type(), c);
    }

    /// Only the trap counts: a load whose result nobody wants.
    void dropped()
    {
        Code c;
        c.op(Opcode::LocalGet, 0);
        access(c, 0, natural_alignment());
        c.op(Opcode::Drop);
        add("dropped", {type().params, {}}, c);
    }

    [[nodiscard]] unsigned natural_alignment() const
    {
        return static_cast<unsigned>(std::countr_zero(access_bits(op_) / 8));
    }
    [[nodiscard]] bool stores() const { return stores_; }
    [[nodiscard]] std::vector<Value> args(std::uint32_t address, std::size_t n) const
    {
        std::vector<Value> args{Value::from_i32(address)};
        if (!takes_value())
            return args;
        if (number_ == ValType::Kind::V128) {
            args.push_back(single_vector_operand({32, false}, static_cast<std::uint32_t>(n)));
            return args;
        }
        auto const pool = boundary_values(number_);
        args.push_back(number_value(number_, pool[n % pool.size()]));
        return args;
    }
    [[nodiscard]] std::vector<std::uint8_t> bytes() const { return encode(module_); }

private:
    [[nodiscard]] FuncType type() const
    {
        FuncType t{{i32}, {}};
        if (takes_value())
            t.params.push_back({number_});
        if (!stores_)
            t.results.push_back({number_});
        return t;
    }
    [[nodiscard]] bool takes_value() const { return stores_ || is_lane_load_; }

    /// The access behind its address; of lanes each function takes the next one.
    void access(Code& c, std::uint64_t offset, unsigned align)
    {
        if (takes_value())
            c.op(Opcode::LocalGet, 1);
        c.memory(op_, 0, offset, align);
        if (auto const lanes = lane_choices(op_); lanes != 0)
            c.set_lane(lane_++ % lanes);
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
    bool stores_;
    bool is_lane_load_ = false;
    unsigned lane_ = 0;
    ValType::Kind number_ = ValType::Kind::I32;
    Module module_;
};

} // namespace

Case single_access(Opcode op, std::uint32_t chunk)
{
    AccessCase build{op};
    Case c;
    auto const width = access_bits(op) / 8;
    auto const grown = chunk == 1;
    auto const size = grown ? 2 * page : page;
    if (grown)
        c.calls.push_back({0, "grow", {Value::from_i32(1)}});

    auto const addresses = std::to_array<std::uint32_t>({0, 1, size - width, size - width + 1,
        size - 1, size, page - 1, 0x7FFF'FFFF, 0x8000'0000, 0xFFFF'FFFF, 0U - width});
    auto const offsets = std::to_array<std::uint32_t>(
        {0, 1, size - width, size - width + 1, 0x8000'0000, 0U - width, 0xFFFF'FFFF});
    auto n = std::size_t{chunk} * 7;
    for (std::size_t i = 0; i < offsets.size(); ++i) {
        auto const name = "o" + std::to_string(i);
        build.at_offset(name, offsets[i], i % 2 == 0 ? build.natural_alignment() : 0);
        for (auto const a : addresses)
            c.calls.push_back({0, name, build.args(a, n++)});
    }
    if (!build.stores()) {
        build.dropped();
        for (auto const a : addresses)
            c.calls.push_back({0, "dropped", build.args(a, n++)});
    }
    for (std::size_t i = 0; i < addresses.size(); ++i) {
        auto const name = "k" + std::to_string(i);
        build.at_constant(name, addresses[i]);
        c.calls.push_back({0, name, build.args(0, n++)});
    }
    c.modules.push_back({"m", build.bytes()});
    return c;
}

} // namespace touchstone::generators
