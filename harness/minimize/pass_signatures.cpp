// Parameters and results of functions, with what makes them at every call.

#include "harness/minimize/cut.hpp"
#include "harness/minimize/indices.hpp"
#include "harness/minimize/labels.hpp"
#include "harness/minimize/passes.hpp"
#include "harness/minimize/references.hpp"

#include <algorithm>
#include <map>

namespace touchstone::minimize {

namespace {

/// A function type's index in a module that may get it anew.
Index type_index(Module& m, FuncType const& type)
{
    for (auto const& group : m.rec_groups)
        if (auto const& t = m.types[group.first];
            group.count == 1 && t.is_final && t.supers.empty() &&
            t.comp.kind == CompType::Kind::Func && t.comp.func == type)
            return group.first;
    auto const index = static_cast<Index>(m.types.size());
    m.types.push_back({.comp = {.kind = CompType::Kind::Func, .func = type, .fields = {}}});
    m.rec_groups.push_back({index, 1});
    return index;
}

/// Changes the type of one function everywhere: where it is defined, in the modules that import it,
/// and at each call.
class SignatureEdit
{
public:
    SignatureEdit(Problem const& p, Place const& place) : p_{p}, place_{place}, smaller_{p} {}

    [[nodiscard]] std::optional<Problem> without_param()
    {
        return run([this] { return forget_param(); }, &SignatureEdit::erase_operand,
            [](FuncType& t, std::uint32_t k) { t.params.erase(t.params.begin() + k); });
    }

    [[nodiscard]] std::optional<Problem> without_result()
    {
        return run([this] { return leave_less(); }, &SignatureEdit::add_constant,
            [](FuncType& t, std::uint32_t k) { t.results.erase(t.results.begin() + k); });
    }

private:
    using Site = bool (SignatureEdit::*)(CodeView const&, std::uint32_t, CodeEdit&);

    template <class Own, class Change>
    std::optional<Problem> run(Own own, Site site, Change change)
    {
        auto const& m = p_.pieces[place_.piece].module();
        auto const index = count_imports(m, ExternKind::Func) + place_.item;
        if (has_typed_references(place_.piece, index) || !own() ||
            !at_calls(place_.piece, index, site))
            return std::nullopt;
        for (auto q = place_.piece + 1; q < p_.pieces.size(); ++q)
            if (!in_importer(q, index, site, change))
                return std::nullopt;
        for (auto& [where, edit] : edits_)
            smaller_.pieces[where.first].edit().funcs[where.second] = edit.take();
        auto& now = smaller_.pieces[place_.piece].edit();
        auto type = *p_.pieces[place_.piece].source().code(place_.item).type;
        change(type, place_.at);
        now.funcs[place_.item].type = type_index(now, type);
        return std::move(smaller_);
    }

    template <class Change>
    bool in_importer(std::uint32_t piece, Index index, Site site, Change change)
    {
        auto const& exporter = p_.pieces[place_.piece];
        auto const& m = p_.pieces[piece].module();
        Index next = 0;
        for (std::size_t i = 0; i < m.imports.size(); ++i) {
            auto const& import = m.imports[i];
            if (import.type.kind != ExternKind::Func)
                continue;
            auto const x = next++;
            if (import.module != exporter.name || !exports_it(import.name, index))
                continue;
            if (!p_.pieces[piece].source().valid() || has_typed_references(piece, x) ||
                !at_calls(piece, x, site))
                return false;
            auto& now = smaller_.pieces[piece].edit();
            auto type = m.types[import.type.func].comp.func;
            change(type, place_.at);
            now.imports[i].type.func = type_index(now, type);
        }
        return true;
    }

    /// What a reference to the function is used as may depend on its type.
    bool has_typed_references(std::uint32_t piece, Index index) const
    {
        auto const& source = p_.pieces[piece].source();
        auto const features = source.valid_module().features();
        if (!features.has(Feature::FunctionReferences) && !features.has(Feature::Gc))
            return false;
        auto const refs = function_references(source.module());
        return refs.in_bodies[index] || refs.outside[index];
    }

    bool exports_it(std::string const& name, Index index) const
    {
        return std::ranges::any_of(p_.pieces[place_.piece].module().exports, [&](Export const& e) {
            return e.kind == ExternKind::Func && e.index == index && e.name == name;
        });
    }

    CodeEdit& edit_of(std::uint32_t piece, std::uint32_t item)
    {
        return edits_.try_emplace({piece, item}, p_.pieces[piece].source().code(item))
            .first->second;
    }

    bool at_calls(std::uint32_t piece, Index index, Site site)
    {
        auto const& source = p_.pieces[piece].source();
        for (std::uint32_t item = 0; item < source.module().funcs.size(); ++item) {
            auto const code = source.code(item);
            for (std::uint32_t i = 0; i < code.instrs().size(); ++i) {
                auto const& instr = code.instrs()[i];
                if ((instr.op == Opcode::Call || instr.op == Opcode::ReturnCall) &&
                    instr.x == index &&
                    (!code.step(i).reachable || !(this->*site)(code, i, edit_of(piece, item))))
                    return false;
            }
        }
        return true;
    }

    /// At a call, the code that makes the parameter. A tail call's operands are its last ones.
    bool erase_operand(CodeView const& code, std::uint32_t at, CodeEdit& edit)
    {
        auto const made = operand_ranges(code, {at, at + 1});
        auto const params = type_of_place().params.size();
        if (!made || made->size() < params)
            return false;
        edit.erase((*made)[made->size() - params + place_.at]);
        return true;
    }

    /// At a call, a constant for the last result.
    bool add_constant(CodeView const& code, std::uint32_t at, CodeEdit& edit)
    {
        auto const& results = type_of_place().results;
        if (code.instrs()[at].op != Opcode::Call || place_.at + 1 != results.size())
            return false;
        std::vector<Instr> with{code.instrs()[at]};
        if (!push_constant(edit.pools(), with, results.back()))
            return false;
        edit.replace({at, at + 1}, std::move(with));
        return true;
    }

    [[nodiscard]] FuncType const& type_of_place() const
    {
        return *p_.pieces[place_.piece].source().code(place_.item).type;
    }

    /// In the function itself the parameter is zero, and calls from outside do not give it.
    bool forget_param()
    {
        auto const code = p_.pieces[place_.piece].source().code(place_.item);
        auto& edit = edit_of(place_.piece, place_.item);
        for (std::uint32_t i = 0; i < code.instrs().size(); ++i) {
            auto instr = code.instrs()[i];
            if (info(instr.op).immediates != Immediates::Local || instr.x < place_.at)
                continue;
            if (instr.x > place_.at) {
                --instr.x;
                edit.replace({i, i + 1}, {instr});
            } else if (!edit.cut({i, i + 1}))
                return false;
        }
        auto const& m = p_.pieces[place_.piece].module();
        auto const index = count_imports(m, ExternKind::Func) + place_.item;
        for (auto& c : smaller_.calls)
            if (c.module == place_.piece && exports_it(c.function, index) &&
                c.args.size() > place_.at)
                c.args.erase(c.args.begin() + place_.at);
        return true;
    }

    /// What makes the result at the end and at each `return` goes.
    bool leave_less()
    {
        auto const code = p_.pieces[place_.piece].source().code(place_.item);
        auto& edit = edit_of(place_.piece, place_.item);
        auto const end = static_cast<std::uint32_t>(code.instrs().size()) - 1;
        bool ok = true;
        for_each_with_depth(code, {0, end + 1}, [&](std::uint32_t i, Index depth) {
            auto const& instr = code.instrs()[i];
            bool outermost = i == end || instr.op == Opcode::Return;
            for_each_label(
                code.func->body, instr, [&](Index l) { outermost |= i != end && l == depth; });
            auto const is_tail_call = instr.op == Opcode::ReturnCall ||
                                      instr.op == Opcode::ReturnCallRef ||
                                      instr.op == Opcode::ReturnCallIndirect;
            if (outermost && code.step(i).reachable)
                ok = ok && leaves_less(code, i, edit);
            ok = ok && !is_tail_call;
        });
        return ok;
    }

    bool leaves_less(CodeView const& code, std::uint32_t at, CodeEdit& edit)
    {
        auto const op = code.instrs()[at].op;
        if (op != Opcode::End && op != Opcode::Return && op != Opcode::Br)
            return false;
        auto const made = operand_ranges(code, {at, at + 1});
        auto const results = code.type->results.size();
        if (!made || made->size() < results)
            return false;
        edit.erase((*made)[made->size() - results + place_.at]);
        return true;
    }

    Problem const& p_;
    Place place_;
    Problem smaller_;
    std::map<std::pair<std::uint32_t, std::uint32_t>, CodeEdit> edits_;
};

std::vector<Place> params(Problem const& p)
{
    std::vector<Place> places;
    for_each_code(p, [&](std::uint32_t piece, std::uint32_t item, CodeView const& code) {
        for (auto k = static_cast<std::uint32_t>(code.type->params.size()); k-- > 0;)
            places.push_back({.piece = piece, .item = item, .at = k});
    });
    return places;
}

std::vector<Place> results(Problem const& p)
{
    std::vector<Place> places;
    for_each_code(p, [&](std::uint32_t piece, std::uint32_t item, CodeView const& code) {
        for (auto k = static_cast<std::uint32_t>(code.type->results.size()); k-- > 0;)
            places.push_back({.piece = piece, .item = item, .at = k});
    });
    return places;
}

std::optional<Problem> without_param(Problem const& p, std::span<Place const> places)
{
    return SignatureEdit{p, places.front()}.without_param();
}

std::optional<Problem> without_result(Problem const& p, std::span<Place const> places)
{
    return SignatureEdit{p, places.front()}.without_result();
}

} // namespace

constinit Pass const drop_params{
    .name = "drop_params", .many = false, .places = params, .reduce = without_param};
constinit Pass const drop_results{
    .name = "drop_results", .many = false, .places = results, .reduce = without_result};

} // namespace touchstone::minimize
