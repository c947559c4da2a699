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

    /// A try begins: the first part of its block has a handler.
    void enter_try(Index label)
    {
        body_.handler_of.resize(expr_.instrs.size());
        around_.push_back(inside_);
        body_.handlers.push_back({.outer = inside_});
        inside_ = static_cast<Index>(body_.handlers.size());
        tries_.push_back({.handler = inside_, .label = label});
    }
    /// Of the innermost try the next part begins, outside of its handler.
    void part(Index at)
    {
        auto& t = tries_.back();
        inside_ = around_.back();
        body_.catch_parts.push_back({.instr = at, .label = t.label});
        auto const part = static_cast<Index>(body_.catch_parts.size());
        (t.last_part == 0 ? body_.handlers[t.handler - 1].parts
                          : body_.catch_parts[t.last_part - 1].next) = part;
        t.last_part = part;
    }
    /// The innermost try ends: what it does not catch goes to what stands around the inside of the
    /// l-th block outwards.
    void delegate(Index l)
    {
        auto const [handler, label, part] = tries_.back();
        leave(label);
        auto const n = around_.size();
        body_.handlers[handler - 1].outer = l == 0 || l > n ? inside_ : around_[n - l];
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
    void leave(Index label)
    {
        if (around_.empty()) // the function's own end
            return;
        if (!tries_.empty() && tries_.back().label == label)
            tries_.pop_back();
        inside_ = around_.back();
        around_.pop_back();
    }
    void note(Index at)
    {
        if (!body_.handler_of.empty())
            body_.handler_of[at] = inside_;
    }

private:
    struct Try
    {
        Index handler = 0; ///< as `Body::handler_of` counts
        Index label = 0;
        Index last_part = 0; ///< as `Handler::parts` counts
    };

    Body& body_;
    Expr const& expr_;
    std::vector<Try> tries_;
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
            body.label_of[at] = static_cast<Index>(body.labels.size());
            if (i.op == Opcode::Try)
                handlers.enter_try(body.label_of[at]);
            else
                handlers.enter(at, target);
            open.push_back(body.label_of[at]);
            body.labels.push_back({.arity = is_loop ? params : results,
                .continuation = at,
                .params = params,
                .is_loop = is_loop});
            break;
        }
        case Immediates::Label:
        case Immediates::BrCast:
            if (i.op != Opcode::Delegate)
                body.label_of[at] = target(i.x);
            break;
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
        if (i.op == Opcode::Catch || i.op == Opcode::CatchAll) {
            body.label_of[at] = open.back();
            handlers.part(at);
        }
        if (i.op == Opcode::End || i.op == Opcode::Delegate) {
            body.label_of[at] = open.back();
            auto& label = body.labels[open.back()];
            if (i.op == Opcode::Delegate)
                handlers.delegate(i.x);
            else
                handlers.leave(open.back());
            open.pop_back();
            if (label.otherwise == 0)
                label.otherwise = at; // an `if` without `else` has an empty second branch
            if (!label.is_loop && !open.empty())
                label.continuation = at + 1;
        }
    }
    return body;
}

} // namespace touchstone::reference
