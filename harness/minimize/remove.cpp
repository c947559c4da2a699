#include "harness/minimize/remove.hpp"

#include "harness/minimize/cut.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <set>

namespace touchstone::minimize {

namespace {

/// Which entities go: those asked for and what cannot be without them.
class Closure
{
public:
    explicit Closure(Problem const& p) : p_{p} {}

    void add(Entity const& e)
    {
        if (gone_.insert(e).second)
            waiting_.push_back(e);
    }

    void close()
    {
        while (!waiting_.empty()) {
            auto const e = waiting_.front();
            waiting_.pop_front();
            add_segments(e);
            add_importers(e);
        }
    }

    [[nodiscard]] bool has(std::uint32_t piece, Space s, Index x) const
    {
        return gone_.contains({piece, s, x});
    }
    [[nodiscard]] bool touches(std::uint32_t piece) const
    {
        auto const first = gone_.lower_bound({piece, Space::Type, 0});
        return first != gone_.end() && first->piece == piece;
    }

private:
    /// Active ones, with their table or memory.
    void add_segments(Entity const& e)
    {
        auto const& m = p_.pieces[e.piece].module();
        if (e.space == Space::Table)
            for (Index i = 0; i < m.elems.size(); ++i)
                if (m.elems[i].mode == Elem::Mode::Active && m.elems[i].table == e.index)
                    add({e.piece, Space::Elem, i});
        if (e.space == Space::Memory)
            for (Index i = 0; i < m.datas.size(); ++i)
                if (m.datas[i].mode == Data::Mode::Active && m.datas[i].memory == e.index)
                    add({e.piece, Space::Data, i});
    }

    void add_importers(Entity const& e)
    {
        for (auto const& exported : p_.pieces[e.piece].module().exports) {
            if (space_of(exported.kind) != e.space || exported.index != e.index)
                continue;
            for (auto q = e.piece + 1; q < p_.pieces.size(); ++q)
                add_imports(q, p_.pieces[e.piece].name, exported.name);
        }
    }

    void add_imports(std::uint32_t piece, std::string const& module, std::string const& name)
    {
        std::array<Index, 5> next{};
        for (auto const& i : p_.pieces[piece].module().imports) {
            auto const x = next[static_cast<std::size_t>(i.type.kind)]++;
            if (i.module == module && i.name == name)
                add({piece, space_of(i.type.kind), x});
        }
    }

    Problem const& p_;
    std::set<Entity> gone_;
    std::deque<Entity> waiting_;
};

/// One module without what is gone.
class Remover
{
public:
    Remover(Problem& p, std::uint32_t piece, Closure const& gone)
        : p_{p},
          piece_{piece},
          gone_{gone},
          source_{p.pieces[piece].source()},
          m_{p.pieces[piece].edit()}
    {}

    [[nodiscard]] bool run()
    {
        if (!mend_code() || !mend_constants())
            return false;
        remove_exports();
        if (m_.start && gone(Space::Func, *m_.start))
            m_.start.reset();
        remove_imports();
        remove_defined(m_.funcs, ExternKind::Func);
        remove_defined(m_.tables, ExternKind::Table);
        remove_defined(m_.memories, ExternKind::Memory);
        remove_defined(m_.globals, ExternKind::Global);
        remove_defined(m_.tags, ExternKind::Tag);
        remove_from(m_.elems, Space::Elem, 0);
        remove_from(m_.datas, Space::Data, 0);
        remove_types();
        renumber();
        return true;
    }

private:
    [[nodiscard]] bool gone(Space s, Index x) const { return gone_.has(piece_, s, x); }

    [[nodiscard]] bool names_gone(Instr const& i) const
    {
        bool found = false;
        for_each_index(i, [&](Space s, Index x) { found |= gone(s, x); });
        return found;
    }

    [[nodiscard]] bool mend_code()
    {
        auto const imported = count_imports(source_.module(), ExternKind::Func);
        for (std::size_t f = 0; f < m_.funcs.size(); ++f) {
            if (gone(Space::Func, imported + static_cast<Index>(f)))
                continue;
            auto const code = source_.code(f);
            CodeEdit edit{code};
            if (!mend_body(code, edit))
                return false;
            m_.funcs[f] = edit.take();
        }
        return true;
    }

    [[nodiscard]] bool mend_body(CodeView const& code, CodeEdit& edit)
    {
        for (std::uint32_t i = 0; i < code.instrs().size(); ++i) {
            auto const& instr = code.instrs()[i];
            if (instr.op == Opcode::TryTable)
                edit.replace({i, i + 1}, {without_tags(edit.pools(), instr)});
            if (!names_gone(instr))
                continue;
            if (!code.step(i).reachable)
                return false;
            auto const ends = i + 1 < code.instrs().size() && !code.step(i + 1).reachable;
            if (ends)
                edit.replace({i, i + 1}, {{.op = Opcode::Unreachable}});
            else if (!edit.cut({i, i + 1}))
                return false;
        }
        return true;
    }

    /// A try_table's clauses but for those whose tag goes, at the end of the pool.
    [[nodiscard]] Instr without_tags(Expr& pools, Instr instr) const
    {
        auto const first = static_cast<Index>(pools.catches.size());
        for (Index k = instr.x; k < instr.x + instr.y; ++k) {
            auto const c = pools.catches[k];
            auto const has_tag = c.kind == Catch::Kind::Catch || c.kind == Catch::Kind::CatchRef;
            if (!has_tag || !gone(Space::Tag, c.tag))
                pools.catches.push_back(c);
        }
        instr.x = first;
        instr.y = static_cast<Index>(pools.catches.size()) - first;
        return instr;
    }

    /// A constant expression that names what goes becomes a constant.
    [[nodiscard]] bool mend_constant(Expr& e, ValType type) const
    {
        if (std::ranges::none_of(e.instrs, [this](Instr const& i) { return names_gone(i); }))
            return true;
        e.instrs.clear();
        if (!push_constant(e, e.instrs, type))
            return false;
        e.instrs.push_back({.op = Opcode::End});
        return true;
    }

    [[nodiscard]] bool mend_constants()
    {
        auto const& valid = source_.valid_module();
        for (auto& t : m_.tables)
            if (t.init && !mend_constant(*t.init, t.type.element))
                return false;
        auto const imported = count_imports(m_, ExternKind::Global);
        for (Index g = 0; g < m_.globals.size(); ++g)
            if (!gone(Space::Global, imported + g) &&
                !mend_constant(m_.globals[g].init, m_.globals[g].type.value))
                return false;
        for (Index i = 0; i < m_.elems.size(); ++i)
            if (!gone(Space::Elem, i) && !mend_elem(m_.elems[i], valid))
                return false;
        for (Index i = 0; i < m_.datas.size(); ++i)
            if (auto& d = m_.datas[i];
                !gone(Space::Data, i) && d.mode == Data::Mode::Active &&
                !mend_constant(d.offset, as_valtype(valid.memories()[d.memory].limits.addr)))
                return false;
        return true;
    }

    [[nodiscard]] bool mend_elem(Elem& e, ValidModule const& valid) const
    {
        if (e.mode == Elem::Mode::Active &&
            !mend_constant(e.offset, as_valtype(valid.tables()[e.table].limits.addr)))
            return false;
        std::vector<Expr> kept;
        for (auto& x : e.init)
            if (mend_constant(x, e.type))
                kept.push_back(std::move(x));
        e.init = std::move(kept);
        return true;
    }

    void remove_exports()
    {
        std::erase_if(m_.exports, [this](Export const& e) {
            if (!gone(space_of(e.kind), e.index))
                return false;
            std::erase_if(p_.calls,
                [&](Call const& c) { return c.module == piece_ && c.function == e.name; });
            return true;
        });
    }

    void remove_imports()
    {
        std::array<Index, 5> next{};
        std::erase_if(m_.imports, [&](Import const& i) {
            return gone(space_of(i.type.kind), next[static_cast<std::size_t>(i.type.kind)]++);
        });
    }

    template <class T>
    void remove_from(std::vector<T>& items, Space s, Index first)
    {
        auto next = first;
        std::erase_if(items, [&](T const&) { return gone(s, next++); });
    }

    template <class T>
    void remove_defined(std::vector<T>& items, ExternKind kind)
    {
        remove_from(items, space_of(kind), count_imports(source_.module(), kind));
    }

    void remove_types()
    {
        remove_from(m_.types, Space::Type, 0);
        std::erase_if(
            m_.rec_groups, [&](RecGroup const& group) { return gone(Space::Type, group.first); });
        Index first = 0;
        for (auto& group : m_.rec_groups) {
            group.first = first;
            first += group.count;
        }
    }

    void renumber()
    {
        std::array<std::vector<Index>, space_count> now;
        for (std::size_t s = 0; s < space_count; ++s) {
            auto const space = static_cast<Space>(s);
            Index next = 0;
            for (Index x = 0; x < size_of(source_.module(), space); ++x)
                now[s].push_back(gone(space, x) ? 0 : next++);
        }
        map_indices(m_, [&now](Space s, Index x) { return now[static_cast<std::size_t>(s)][x]; });
    }

    Problem& p_;
    std::uint32_t piece_;
    Closure const& gone_;
    Source const& source_;
    Module& m_;
};

} // namespace

std::optional<Problem> remove_entities(Problem const& p, std::span<Entity const> entities)
{
    Closure gone{p};
    for (auto const& e : entities)
        gone.add(e);
    gone.close();
    auto smaller = p;
    for (std::uint32_t piece = 0; piece < p.pieces.size(); ++piece) {
        if (!gone.touches(piece))
            continue;
        if (!p.pieces[piece].source().valid() || !Remover{smaller, piece, gone}.run())
            return std::nullopt;
    }
    return smaller;
}

} // namespace touchstone::minimize
