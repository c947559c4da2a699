#include "generators/trace.hpp"

#include "engine/binary/decode.hpp"
#include "engine/binary/encode.hpp"
#include "generators/builder.hpp"
#include "generators/result_type.hpp"
#include "generators/scratch.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace touchstone::generators {

namespace {

using enum ValType::Kind;

/// The import order of the trace's globals; they come behind the module's imported ones.
struct TraceState
{
    Index first;
    [[nodiscard]] Index of(TraceGlobal g) const { return first + static_cast<Index>(g); }
};

void shift_globals(Expr& e, Index from)
{
    for (auto& i : e.instrs)
        if (info(i.op).immediates == Immediates::Global && i.x >= from)
            i.x += trace_globals;
}

/// Makes room behind the imported globals, and imports the trace's.
TraceState import_state(Module& m)
{
    auto const from = count_imports(m, ExternKind::Global);
    for (auto& f : m.funcs)
        shift_globals(f.body, from);
    for (auto& g : m.globals)
        shift_globals(g.init, from);
    for (auto& t : m.tables)
        if (t.init)
            shift_globals(*t.init, from);
    for (auto& d : m.datas)
        shift_globals(d.offset, from);
    for (auto& e : m.elems) {
        shift_globals(e.offset, from);
        for (auto& init : e.init)
            shift_globals(init, from);
    }
    for (auto& e : m.exports)
        if (e.kind == ExternKind::Global && e.index >= from)
            e.index += trace_globals;
    m.names = {}; // identifiers would stand on other globals
    for (Index i = 0; i < trace_globals; ++i)
        m.imports.push_back({.module = std::string{trace_module},
            .name = std::to_string(i),
            .type = {.kind = ExternKind::Global,
                .global = {.value = {i == static_cast<Index>(TraceGlobal::Log) ? I64 : I32},
                    .is_mutable = true}}});
    return {from};
}

/// Is something done when it is over? Not where control leaves or nothing but a value is named.
bool is_step(Opcode op)
{
    using enum Opcode;
    constexpr auto none = std::to_array<Opcode>({Unreachable, Nop, Block, Loop, If, Else, TryTable,
        Throw, ThrowRef, End, Br, BrIf, BrTable, BrOnNull, BrOnNonNull, BrOnCast, BrOnCastFail,
        Return, ReturnCall, ReturnCallIndirect, ReturnCallRef, Drop, LocalGet, GlobalGet, I32Const,
        I64Const, F32Const, F64Const, V128Const, RefNull, RefFunc});
    return std::ranges::find(none, op) == none.end();
}

/// Rewrites one function.
class Tracer
{
public:
    Tracer(Module const& m, Func& f, TraceState state, Mixing mixing)
        : types_{m, f}, scratch_{m, f}, body_{f.body}, state_{state}, mixing_{mixing}
    {}

    void run(std::vector<Position>& positions, Position at)
    {
        if (!scratch_.has_room())
            return;
        auto const instrs = std::exchange(body_.instrs, {});
        at.instruction = Position::entry;
        positions.push_back(at);
        enter(static_cast<std::uint32_t>(positions.size()));
        std::uint32_t dropped = 0; ///< position of a step whose result the next instruction drops
        for (std::size_t i = 0; i < instrs.size(); ++i) {
            auto const& instr = instrs[i];
            at.instruction = static_cast<std::uint32_t>(i);
            at.traced = static_cast<std::uint32_t>(body_.instrs.size());
            positions.push_back(at);
            body_.instrs.push_back(instr);
            auto const number = types_.number_result(instr);
            auto const position = static_cast<std::uint32_t>(positions.size());
            if (instr.op == Opcode::Drop && dropped != 0)
                step(dropped);
            dropped = 0;
            if (!is_step(instr.op) && !(instr.op == Opcode::End && number))
                continue;
            if (i + 1 < instrs.size() && instrs[i + 1].op == Opcode::Drop) {
                dropped = position; // the two stay together: engines look at them together
                continue;
            }
            if (number)
                log(*number);
            step(position);
        }
    }

private:
    void op(Opcode o, Index x = 0) { body_.instrs.push_back({.op = o, .x = x}); }
    void constant(Opcode o, std::uint64_t bits) { body_.instrs.push_back({.op = o, .imm = bits}); }
    void get(TraceGlobal g) { op(Opcode::GlobalGet, state_.of(g)); }
    void set(TraceGlobal g) { op(Opcode::GlobalSet, state_.of(g)); }

    /// Traps if no step is left.
    void stop_at_zero()
    {
        if (mixing_ == Mixing::Xor) {
            constant(Opcode::I32Const, 1);
            get(TraceGlobal::Steps);
            op(Opcode::I32DivU);
            op(Opcode::Drop);
            return;
        }
        get(TraceGlobal::Steps);
        op(Opcode::If);
        op(Opcode::Else);
        op(Opcode::Unreachable);
        op(Opcode::End);
    }

    void step(std::uint32_t position)
    {
        constant(Opcode::I32Const, position);
        set(TraceGlobal::At);
        mix([&] { constant(Opcode::I64Const, position); });
        get(TraceGlobal::Steps);
        constant(Opcode::I32Const, 0xFFFF'FFFF);
        op(Opcode::I32Add);
        set(TraceGlobal::Steps);
        stop_at_zero();
    }

    /// The function's entry: arguments as they came, other locals as they must be.
    void enter(std::uint32_t position)
    {
        stop_at_zero();
        constexpr Index most = 32; // a bug shows in the first ones
        auto const locals = scratch_.locals();
        for (Index i = 0; i < std::min<std::uint64_t>(locals, most); ++i)
            if (auto const number = types_.number_result({.op = Opcode::LocalGet, .x = i}))
                mix_local(i, *number);
        step(position);
    }

    void read(Index local, ValType::Kind type)
    {
        op(Opcode::LocalGet, local);
        if (type == F32)
            op(Opcode::I32ReinterpretF32);
        if (type == F64)
            op(Opcode::I64ReinterpretF64);
        if (type == I32 || type == F32)
            op(mixing_ == Mixing::Xor ? Opcode::I64ExtendI32U : Opcode::I64ExtendI32S);
    }

    /// Mixes the number on the stack into the digest, and leaves it there.
    void log(ValType::Kind type)
    {
        auto const local = scratch_.of(type);
        op(Opcode::LocalTee, local);
        mix_local(local, type);
    }

    void mix_local(Index local, ValType::Kind type)
    {
        if (type != ValType::Kind::V128)
            return mix([&] { read(local, type); });
        for (auto const half : {std::uint8_t{0}, std::uint8_t{1}})
            mix([&] {
                op(Opcode::LocalGet, local);
                body_.instrs.push_back({.op = Opcode::I64x2ExtractLane, .lane = half});
            });
    }

    /// log = rotl(log ^ number, 7), or log = 3 * log + number: an early difference never fades.
    template <class Number>
    void mix(Number number)
    {
        get(TraceGlobal::Log);
        if (mixing_ == Mixing::Xor) {
            number();
            op(Opcode::I64Xor);
            constant(Opcode::I64Const, 7);
            op(Opcode::I64Rotl);
        } else {
            get(TraceGlobal::Log);
            op(Opcode::I64Add);
            get(TraceGlobal::Log);
            op(Opcode::I64Add);
            number();
            op(Opcode::I64Add);
        }
        set(TraceGlobal::Log);
    }

    ResultTypes types_;
    Scratch scratch_;
    Expr& body_;
    TraceState state_;
    Mixing mixing_;
};

Module state_module(std::uint32_t steps)
{
    Module m;
    for (Index i = 0; i < trace_globals; ++i) {
        auto const number = i == static_cast<Index>(TraceGlobal::Log) ? I64 : I32;
        auto const initial = i == static_cast<Index>(TraceGlobal::Steps) ? steps : 0;
        m.globals.push_back({.type = {.value = {number}, .is_mutable = true},
            .init = constant_expr(number, initial)});
        m.exports.push_back({.name = std::to_string(i), .kind = ExternKind::Global, .index = i});
    }
    return m;
}

} // namespace

void Traced::stop_after(std::uint32_t steps)
{
    what.modules.front().bytes = encode(state_module(steps));
}

Traced trace(Case const& c, Mixing mixing)
{
    Traced traced{.what = c, .positions = {}};
    auto& modules = traced.what.modules;
    for (std::size_t i = 0; i < modules.size(); ++i) {
        auto m = decode(modules[i].bytes);
        if (!m)
            continue;
        auto const state = import_state(*m);
        auto const imported = count_imports(*m, ExternKind::Func);
        for (std::size_t f = 0; f < m->funcs.size(); ++f)
            Tracer{*m, m->funcs[f], state, mixing}.run(
                traced.positions, {.module = static_cast<std::uint32_t>(i),
                                      .function = imported + static_cast<Index>(f)});
        modules[i].bytes = encode(*m);
    }
    modules.insert(modules.begin(), CaseModule{.name = std::string{trace_module}, .bytes = {}});
    for (auto& call : traced.what.calls)
        ++call.module;
    traced.stop_after(0);
    return traced;
}

} // namespace touchstone::generators
