#include "engine/reference/body.hpp"

namespace touchstone::reference {

namespace {

struct Arities
{
    Index params = 0;
    Index results = 0;
};

/// blocktype_ — exec/instructions.html#blocks, as far as counts go
///   blocktype_z(x)  = t1* -> t2*  if z.TYPES[x] is FUNC t1* -> t2*
///   blocktype_z(t?) = eps -> t?
Arities blocktype_(ValidModule const& module, BlockType bt)
{
    switch (bt.kind) {
    case BlockType::Kind::Empty: return {0, 0};
    case BlockType::Kind::Value: return {0, 1};
    case BlockType::Kind::Type: break;
    }
    auto const& type = module.func_type(bt.type);
    return {static_cast<Index>(type.params.size()), static_cast<Index>(type.results.size())};
}

std::uint64_t count_locals(Func const& f, FuncType const& type)
{
    std::uint64_t n = type.params.size();
    for (auto const& group : f.locals)
        n += group.count;
    return n;
}

/// Which handlers stand around an instruction; filled in along with the labels.
class HandlerFinder
{
public:
    HandlerFinder(Body& body, Expr const& e) : body_{body}, expr_{e}
    {
        if (e.catches.empty())
            return;
        body_.handler_of.resize(e.instrs.size());
        body_.catches.resize(e.catches.size());
    }

    /// What comes before a block is opened: the clauses' labels count from outside of it.
    template <class Target>
    void enter(Index at, Target target)
    {
        auto const& i = expr_.instrs[at];
        around_.push_back(inside_);
        if (i.op != Opcode::TryTable || i.y == 0)
            return;
        for (Index c = i.x; c < i.x + i.y; ++c)
            body_.catches[c] = target(expr_.catches[c].label);
        body_.handlers.push_back({around_.back(), i.x, i.y});
        inside_ = static_cast<Index>(body_.handlers.size());
    }
    void leave()
    {
        if (around_.empty()) // the function's own end
            return;
        inside_ = around_.back();
        around_.pop_back();
    }
    void note(Index at)
    {
        if (!body_.handler_of.empty())
            body_.handler_of[at] = inside_;
    }

private:
    Body& body_;
    Expr const& expr_;
    Index inside_ = 0;          ///< as `Body::handler_of` counts
    std::vector<Index> around_; ///< by open block: what was innermost outside of it
};

} // namespace

Body make_body(ValidModule const& module, Func const& f)
{
    auto const& instrs = f.body.instrs;
    auto const& type = module.func_type(f.type);
    Body body;
    body.label_of.resize(instrs.size());
    body.targets.resize(f.body.labels.size());
    body.labels.push_back({.arity = static_cast<Index>(type.results.size()),
        .continuation = static_cast<Index>(instrs.size() - 1),
        .height = count_locals(f, type)});

    std::vector<Index> open{0};
    auto const target = [&open](Index l) { return open[open.size() - 1 - l]; };
    HandlerFinder handlers{body, f.body};
    for (Index at = 0; at < instrs.size(); ++at) {
        auto const& i = instrs[at];
        handlers.note(at);
        switch (info(i.op).immediates) {
        case Immediates::Block:
        case Immediates::TryTable:
        {
            auto const [params, results] = blocktype_(module, i.block_type());
            bool const is_loop = i.op == Opcode::Loop;
            handlers.enter(at, target);
            body.label_of[at] = static_cast<Index>(body.labels.size());
            open.push_back(body.label_of[at]);
            body.labels.push_back({.arity = is_loop ? params : results,
                .continuation = at,
                .params = params,
                .is_loop = is_loop});
            break;
        }
        case Immediates::Label:
        case Immediates::BrCast: body.label_of[at] = target(i.x); break;
        case Immediates::Labels:
            for (Index l = i.x; l < i.x + i.y; ++l)
                body.targets[l] = target(f.body.labels[l]);
            break;
        default: break;
        }
        if (i.op == Opcode::Else) {
            body.label_of[at] = open.back();
            body.labels[open.back()].otherwise = at + 1;
        }
        if (i.op == Opcode::End) {
            body.label_of[at] = open.back();
            auto& label = body.labels[open.back()];
            open.pop_back();
            handlers.leave();
            if (label.otherwise == 0)
                label.otherwise = at; // an `if` without `else` has an empty second branch
            if (!label.is_loop && !open.empty())
                label.continuation = at + 1;
        }
    }
    return body;
}

} // namespace touchstone::reference
