// A call replaced by the body of what is called, and imports by something of the module's own.

#include "harness/minimize/cut.hpp"
#include "harness/minimize/indices.hpp"
#include "harness/minimize/labels.hpp"
#include "harness/minimize/passes.hpp"

#include <algorithm>
#include <array>

namespace touchstone::minimize {

namespace {

constexpr std::size_t most_inlined = 200; ///< instructions

/// The defined function that an instruction calls; absent for imports and for itself.
std::optional<std::uint32_t> callee(Module const& m, std::uint32_t caller, Instr const& i)
{
    auto const imported = count_imports(m, ExternKind::Func);
    if ((i.op != Opcode::Call && i.op != Opcode::ReturnCall) || i.x < imported ||
        i.x - imported == caller)
        return std::nullopt;
    return i.x - imported;
}

std::vector<Place> calls(Problem const& p)
{
    std::vector<Place> places;
    for_each_code(p, [&](std::uint32_t piece, std::uint32_t item, CodeView const& code) {
        auto const& source = p.pieces[piece].source();
        for (std::uint32_t i = 0; i < code.instrs().size(); ++i) {
            auto const called = callee(source.module(), item, code.instrs()[i]);
            if (called && source.module().funcs[*called].body.instrs.size() < most_inlined)
                places.push_back({.piece = piece, .item = item, .at = i});
        }
    });
    return places;
}

/// The callee's code as it may stand in the caller.
class Inlined
{
public:
    Inlined(CodeView const& caller, CodeView const& callee, Expr& pools)
        : callee_{callee}, pools_{pools}
    {
        first_local_ = static_cast<Index>(caller.type->params.size());
        for (auto const& group : caller.func->locals)
            first_local_ += group.count;
    }

    /// Absent where the callee branches to its own end or returns in the middle.
    [[nodiscard]] std::optional<std::vector<Instr>> code()
    {
        auto const end = static_cast<std::uint32_t>(callee_.instrs().size()) - 1;
        Range const body{0, end};
        if (!stays_inside(callee_, body))
            return std::nullopt;
        std::vector<Instr> out;
        for (auto k = static_cast<Index>(callee_.type->params.size()); k-- > 0;)
            out.push_back({.op = Opcode::LocalSet, .x = first_local_ + k});
        for (std::uint32_t i = 0; i < end; ++i)
            out.push_back(moved(callee_.instrs()[i]));
        return out;
    }

    [[nodiscard]] std::vector<Locals> locals() const
    {
        std::vector<Locals> groups;
        for (auto const t : callee_.type->params)
            groups.push_back({1, t});
        groups.insert(groups.end(), callee_.func->locals.begin(), callee_.func->locals.end());
        return groups;
    }

private:
    /// Copies what stands in the callee's pools.
    Instr moved(Instr i)
    {
        auto const& from = callee_.func->body;
        auto const copy = [](auto& to, auto const& in, Index first, Index n) {
            auto const now = static_cast<Index>(to.size());
            to.insert(to.end(), in.begin() + first, in.begin() + first + n);
            return now;
        };
        switch (info(i.op).immediates) {
        case Immediates::Local: i.x += first_local_; break;
        case Immediates::Labels: i.x = copy(pools_.labels, from.labels, i.x, i.y); break;
        case Immediates::TryTable: i.x = copy(pools_.catches, from.catches, i.x, i.y); break;
        case Immediates::SelectTypes: i.x = copy(pools_.types, from.types, i.x, i.y); break;
        case Immediates::BrCast: i.y = copy(pools_.types, from.types, i.y, 2); break;
        case Immediates::Lanes16:
        case Immediates::V128: i.x = copy(pools_.vectors, from.vectors, i.x, 1); break;
        default: break;
        }
        return i;
    }

    CodeView callee_;
    Expr& pools_;
    Index first_local_ = 0;
};

std::optional<Problem> with_body(Problem const& p, std::span<Place const> places)
{
    auto const& place = places.front();
    auto const& source = p.pieces[place.piece].source();
    auto const code = source.code(place.item);
    auto const called = callee(source.module(), place.item, code.instrs()[place.at]);
    CodeEdit edit{code};
    Inlined inlined{code, source.code(*called), edit.pools()};
    auto body = inlined.code();
    if (!body)
        return std::nullopt;
    if (code.instrs()[place.at].op == Opcode::ReturnCall)
        body->push_back({.op = Opcode::Return});
    edit.replace({place.at, place.at + 1}, *std::move(body));
    for (auto const& group : inlined.locals())
        edit.func().locals.push_back(group);
    auto smaller = with_func(p, place, edit.take());
    auto& m = smaller.pieces[place.piece].edit();
    auto const index = count_imports(m, ExternKind::Func) + *called;
    Index uses = 0;
    for_each_index(m, [&](Space s, Index x) { uses += s == Space::Func && x == index ? 1U : 0U; });
    if (uses != 0)
        return smaller;
    m.funcs.erase(m.funcs.begin() + *called);
    map_indices(m, [index](Space s, Index x) { return s == Space::Func && x > index ? x - 1 : x; });
    return smaller;
}

std::vector<Place> imports(Problem const& p)
{
    std::vector<Place> places;
    for (std::uint32_t piece = 0; piece < p.pieces.size(); ++piece) {
        if (!p.pieces[piece].source().valid())
            continue;
        for (auto i = static_cast<std::uint32_t>(p.pieces[piece].module().imports.size()); i-- > 0;)
            places.push_back({.piece = piece, .at = i});
    }
    return places;
}

/// Makes imports definitions: functions that return constants, memories and tables of the same
/// size, globals that are zero.
class Owner
{
public:
    explicit Owner(Module& m) : m_{m} {}

    [[nodiscard]] bool define(Import const& i)
    {
        switch (i.type.kind) {
        case ExternKind::Func: return define_func(i.type.func);
        case ExternKind::Table:
        {
            auto const element = i.type.table.element;
            m_.tables.insert(m_.tables.begin(), {.type = i.type.table});
            return element.nullable;
        }
        case ExternKind::Memory:
            m_.memories.insert(m_.memories.begin(), {.type = i.type.memory});
            return true;
        case ExternKind::Global: return define_global(i.type.global);
        case ExternKind::Tag: m_.tags.insert(m_.tags.begin(), {.type = i.type.tag}); return true;
        }
        return false;
    }

private:
    bool define_func(Index type)
    {
        Func f{.type = type};
        for (auto const t : m_.types[type].comp.func.results)
            if (!push_constant(f.body, f.body.instrs, t))
                return false;
        f.body.instrs.push_back({.op = Opcode::End});
        m_.funcs.insert(m_.funcs.begin(), std::move(f));
        return true;
    }

    bool define_global(GlobalType type)
    {
        Global g{.type = type};
        if (!push_constant(g.init, g.init.instrs, type.value))
            return false;
        g.init.instrs.push_back({.op = Opcode::End});
        m_.globals.insert(m_.globals.begin(), std::move(g));
        return true;
    }

    Module& m_;
};

/// A table's initial value may name imported globals only.
bool tables_see_definitions(Module const& m)
{
    auto const imported = count_imports(m, ExternKind::Global);
    return std::ranges::any_of(m.tables, [&](Table const& t) {
        return t.init && std::ranges::any_of(t.init->instrs, [&](Instr const& i) {
            return i.op == Opcode::GlobalGet && i.x >= imported;
        });
    });
}

/// The import's index moves behind those of its kind that stay imports; it is the first definition
/// then. Places are from the last import to the first.
std::optional<Problem> with_own(Problem const& p, std::span<Place const> places)
{
    auto smaller = p;
    for (auto const& place : places) {
        auto& m = smaller.pieces[place.piece].edit();
        auto const import = m.imports[place.at];
        Index before = 0;
        for (std::uint32_t i = 0; i < place.at; ++i)
            before += m.imports[i].type.kind == import.type.kind ? 1U : 0U;
        auto const last = count_imports(m, import.type.kind) - 1;
        auto const space = space_of(import.type.kind);
        map_indices(m, [&](Space s, Index x) {
            if (s != space || x < before || x > last)
                return x;
            return x == before ? last : x - 1;
        });
        m.imports.erase(m.imports.begin() + place.at);
        if (!Owner{m}.define(import) || tables_see_definitions(m))
            return std::nullopt;
    }
    return smaller;
}

} // namespace

constinit Pass const inline_calls{
    .name = "inline_calls", .many = false, .places = calls, .reduce = with_body};
constinit Pass const own_imports{
    .name = "own_imports", .many = true, .places = imports, .reduce = with_own};

} // namespace touchstone::minimize
