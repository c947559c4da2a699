#include "generators/shape.hpp"
#include "generators/smith_function.hpp"

namespace touchstone::generators {

/// A tag's payload, and the throw of it.
void FunctionWriter::throw_exception()
{
    auto const tag = in_.below(static_cast<std::uint32_t>(plan_.tags.size()));
    arguments(plan_.tags[tag]);
    leave(Opcode::Throw, tag);
}

void FunctionWriter::throw_perhaps()
{
    condition(2);
    open(Opcode::If, {}, {}, true);
    auto const l = in_.chance(100) ? local(exnref, false) : std::nullopt;
    if (l) { // an old one, if there is any
        open(Opcode::Block, {}, {}, true);
        code_.op(Opcode::LocalGet, *l);
        code_.op(Opcode::BrOnNull, 0);
        leave(Opcode::ThrowRef);
        close();
    } else if (risk() && in_.chance(64)) {
        code_.ref_null(AbsHeapType::Exn);
        leave(Opcode::ThrowRef);
    } else {
        throw_exception();
    }
    close();
}

/// if ((p0 & 3) == ...) throw: what callers are to be ready for
void FunctionWriter::throw_by_argument()
{
    code_.op(Opcode::LocalGet, 0);
    code_.i32_const(3);
    code_.op(Opcode::I32And);
    code_.i32_const(in_.below(4));
    code_.op(Opcode::I32Eq);
    open(Opcode::If, {}, {}, true);
    throw_exception();
    close();
}

/// What a clause gives to its label.
ResultType FunctionWriter::caught(Catch const& clause) const
{
    auto const has_tag = clause.kind == Catch::Kind::Catch || clause.kind == Catch::Kind::CatchRef;
    auto types = has_tag ? plan_.tags[clause.tag] : ResultType{};
    if (clause.kind == Catch::Kind::CatchRef || clause.kind == Catch::Kind::CatchAllRef)
        types.push_back(exnref);
    return types;
}

/// One to three clauses, each with a label of its own; the last often catches all.
std::vector<Catch> FunctionWriter::clauses()
{
    std::vector<Catch> list;
    auto const tags = static_cast<std::uint32_t>(plan_.tags.size());
    auto const catches_all = in_.chance(160);
    for (auto n = in_.below(2) + (catches_all ? 0 : 1); n > 0; --n) {
        auto const kind = in_.chance(128) ? Catch::Kind::Catch : Catch::Kind::CatchRef;
        list.push_back({kind, in_.below(tags), 0});
    }
    if (catches_all)
        list.push_back({in_.chance(128) ? Catch::Kind::CatchAll : Catch::Kind::CatchAllRef, 0, 0});
    for (Index i = 0; i < list.size(); ++i)
        list[i].label = i;
    return list;
}

void FunctionWriter::open_try(ResultType results, std::vector<Catch> const& list)
{
    code_.try_table(block_type(plan_, {}, results), list);
    labels_.push_back({std::move(results), true});
    ++guards_;
}

void FunctionWriter::close_try()
{
    --guards_;
    close();
}

/// What is thrown on, where somebody catches it, or at a risk.
void FunctionWriter::handle(Catch const& clause)
{
    auto const types = caught(clause);
    auto const rethrows =
        !types.empty() && types.back() == exnref && in_.chance(80) && (guards_ > 0 || risk());
    if (!rethrows)
        return keep_all(types);
    // if nothing says no: (throw_ref)
    open(Opcode::Block, {exnref}, {exnref}, true);
    condition(1);
    code_.op(Opcode::BrIf, 0);
    leave(Opcode::ThrowRef);
    close();
    keep_all(types);
}

/// block $out (block $h1 (block $h0 (try_table ... (br $out)) handle (br $out)) handle) end
void FunctionWriter::try_statement(std::uint32_t nesting)
{
    auto const list = clauses();
    auto const count = static_cast<Index>(list.size());
    open(Opcode::Block, {}, {}, true);
    for (auto i = count; i > 0; --i)
        open(Opcode::Block, {}, caught(list[i - 1]), true);
    open_try({}, list);
    statements(2, nesting);
    if (in_.chance(160))
        throw_perhaps();
    else
        call_statement();
    close_try();
    for (Index i = 0; i < count; ++i) {
        code_.op(Opcode::Br, count - i);
        close();
        handle(list[i]);
        if (in_.chance(100))
            statement(0);
    }
    close();
}

/// A value, or another one where computing it threw.
void FunctionWriter::try_value(ValType t, std::uint32_t depth)
{
    auto list = clauses();
    list.resize(1);
    open(Opcode::Block, {}, {t}, true);
    open(Opcode::Block, {}, caught(list[0]), true);
    open_try({t}, list);
    if (in_.chance(128))
        throw_perhaps();
    expression(t, depth);
    close_try();
    code_.op(Opcode::Br, 1);
    close();
    keep_all(caught(list[0]));
    expression(t, depth);
    close();
}

/// block (result exnref) (try_table (catch_all_ref 0) (throw ...)) (unreachable) end
void FunctionWriter::fresh_exception()
{
    open(Opcode::Block, {}, {exnref}, true);
    open_try({}, {{Catch::Kind::CatchAllRef, 0, 0}});
    auto const tag = in_.below(static_cast<std::uint32_t>(plan_.tags.size()));
    for (auto const t : plan_.tags[tag])
        expression(t, 0);
    code_.op(Opcode::Throw, tag);
    close_try();
    code_.op(Opcode::Unreachable);
    close();
}

void FunctionWriter::exception_statement(std::uint32_t nesting)
{
    auto const may_throw = guards_ > 0 || risk();
    if (may_throw && (nesting == 0 || in_.chance(128)))
        return throw_perhaps();
    if (nesting == 0)
        return assign(plan_.number(in_));
    try_statement(nesting - 1);
}

} // namespace touchstone::generators
