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
    for (Index at = 0; at < instrs.size(); ++at) {
        auto const& i = instrs[at];
        switch (info(i.op).immediates) {
        case Immediates::Block:
        case Immediates::TryTable:
        {
            auto const [params, results] = blocktype_(module, i.block_type());
            bool const is_loop = i.op == Opcode::Loop;
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
            if (label.otherwise == 0)
                label.otherwise = at; // an `if` without `else` has an empty second branch
            if (!label.is_loop && !open.empty())
                label.continuation = at + 1;
        }
    }
    return body;
}

} // namespace touchstone::reference
