// What a problem costs: the order in which everything becomes smaller.

#include "harness/minimize/problem.hpp"

#include <bit>

namespace touchstone::minimize {

namespace {

std::uint64_t weight_of(Opcode op)
{
    switch (op) {
    case Opcode::End: return 0;
    case Opcode::Nop:
    case Opcode::Else: return 2;
    case Opcode::Drop:
    case Opcode::Unreachable:
    case Opcode::I32Const:
    case Opcode::I64Const:
    case Opcode::F32Const:
    case Opcode::F64Const:
    case Opcode::V128Const:
    case Opcode::RefNull: return 3;
    case Opcode::CallIndirect: return 12; // more than the call itself and a drop of the index
    default: return info(op).immediates == Immediates::Func ? 6 : 4;
    }
}

/// How far from zero, and how many bits: -1 is a little more than 1, and 2 a little more again.
std::uint64_t size_of_integer(std::uint64_t bits, unsigned width)
{
    if (bits == 0)
        return 0;
    auto const sign = bits >> (width - 1) & 1;
    auto const all = width == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << width) - 1;
    auto const magnitude = sign != 0 ? ~bits & all : bits;
    return 1 + sign + static_cast<std::uint64_t>(std::bit_width(magnitude)) * 2 +
           static_cast<std::uint64_t>(std::popcount(magnitude));
}

std::uint64_t size_of_float(std::uint64_t bits)
{
    return bits == 0 ? 0 : 1 + static_cast<std::uint64_t>(std::popcount(bits));
}

std::uint64_t detail_of(Expr const& e, Instr const& i)
{
    switch (i.op) {
    case Opcode::I32Const: return size_of_integer(i.imm, 32);
    case Opcode::I64Const: return size_of_integer(i.imm, 64);
    case Opcode::F32Const:
    case Opcode::F64Const: return size_of_float(i.imm);
    case Opcode::V128Const:
    {
        std::uint64_t n = 0;
        for (auto const b : e.vectors[i.x].bytes)
            n += b == 0 ? 0U : 1U + static_cast<unsigned>(std::popcount(b));
        return n;
    }
    default: break;
    }
    auto const is_access = accesses_memory(i.op);
    return (is_access ? size_of_integer(i.imm, 64) : 0) + i.lane;
}

class Adder
{
public:
    Cost cost;

    void add(Expr const& e)
    {
        for (auto const& i : e.instrs) {
            cost.weight += weight_of(i.op);
            cost.detail += detail_of(e, i);
        }
        cost.weight += e.labels.size() + e.catches.size();
    }
    void add(SizeLimits const& l)
    {
        cost.weight += l.max ? 1 : 0;
        cost.detail += size_of_integer(l.min, 64) + (l.max ? size_of_integer(*l.max, 64) : 0);
    }
    void add(Value const& v)
    {
        cost.weight += 1;
        if (v.kind == ValType::Kind::F32 || v.kind == ValType::Kind::F64)
            cost.detail += size_of_float(v.lo);
        else
            cost.detail += size_of_integer(v.lo, v.kind == ValType::Kind::I32 ? 32 : 64) +
                           size_of_integer(v.hi, 64) +
                           (v.kind == ValType::Kind::Ref && !v.is_null());
    }
    void name(std::string const& s) { cost.detail += s.size(); }

    void add(Module const& m);

private:
    /// Of a function defined or imported: more than what inlining it leaves behind.
    void add_func(Module const& m, Index type)
    {
        cost.weight += 14;
        if (type >= m.types.size())
            return; // of a module that is not valid
        auto const& t = m.types[type].comp.func;
        cost.weight += 6 * t.params.size() + 4 * t.results.size();
    }
    void add_types(Module const& m);
    void add_segments(Module const& m);
};

void Adder::add_types(Module const& m)
{
    for (auto const& t : m.types)
        cost.weight += 2 + t.comp.fields.size() + t.supers.size();
}

void Adder::add_segments(Module const& m)
{
    for (auto const& e : m.elems) {
        cost.weight += 4;
        add(e.offset);
        for (auto const& x : e.init)
            add(x);
    }
    for (auto const& d : m.datas) {
        cost.weight += 4 + d.bytes.size();
        add(d.offset);
        for (auto const b : d.bytes)
            cost.detail += size_of_integer(b, 64);
    }
}

void Adder::add(Module const& m)
{
    add_types(m);
    for (auto const& i : m.imports) {
        cost.weight += 12;
        if (i.type.kind == ExternKind::Func)
            add_func(m, i.type.func);
        name(i.module);
        name(i.name);
        add(i.type.memory.limits);
        add(i.type.table.limits);
    }
    for (auto const& f : m.funcs) {
        add_func(m, f.type);
        for (auto const& group : f.locals)
            cost.weight += std::uint64_t{group.count} * 2;
        add(f.body);
    }
    for (auto const& t : m.tables) {
        cost.weight += 6;
        add(t.type.limits);
        if (t.init)
            add(*t.init);
    }
    for (auto const& t : m.memories) {
        cost.weight += 6;
        add(t.type.limits);
    }
    for (auto const& g : m.globals) {
        cost.weight += 6;
        add(g.init);
    }
    cost.weight += m.tags.size() * 4 + (m.start ? 4 : 0) + (m.has_data_count ? 1 : 0);
    for (auto const& e : m.exports) {
        cost.weight += 4;
        name(e.name);
    }
    add_segments(m);
    for (auto const& c : m.customs)
        cost.weight += 2 + c.bytes.size();
}

} // namespace

Cost cost_of(Problem const& p)
{
    Adder adder;
    for (auto const& piece : p.pieces) {
        adder.cost.weight += 20;
        adder.name(piece.name);
        if (piece.source().decoded())
            adder.add(piece.module());
        else
            adder.cost.weight += piece.source().bytes().size();
    }
    for (auto const& c : p.calls) {
        adder.cost.weight += 10;
        for (auto const& v : c.args)
            adder.add(v);
    }
    return adder.cost;
}

} // namespace touchstone::minimize
