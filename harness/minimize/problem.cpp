#include "harness/minimize/problem.hpp"

#include "engine/binary/decode.hpp"
#include "engine/binary/encode.hpp"
#include "harness/minimize/mend.hpp"

#include <algorithm>

namespace touchstone::minimize {

namespace {

Nesting nesting_of(std::vector<Instr> const& instrs)
{
    Nesting n;
    n.partner.assign(instrs.size(), Nesting::none);
    n.else_of.assign(instrs.size(), Nesting::none);
    n.around.assign(instrs.size(), Nesting::none);
    std::vector<std::uint32_t> open;
    for (std::uint32_t i = 0; i < instrs.size(); ++i) {
        auto const op = instrs[i].op;
        if (op == Opcode::End && !open.empty()) {
            n.partner[i] = open.back();
            n.partner[open.back()] = i;
            open.pop_back();
        } else if (op == Opcode::Else && !open.empty()) {
            n.else_of[open.back()] = i;
            n.partner[i] = open.back();
        }
        n.around[i] = open.empty() ? Nesting::none : open.back();
        if (op == Opcode::Else && !open.empty())
            n.around[i] = n.around[open.back()];
        if (info(op).immediates == Immediates::Block || op == Opcode::TryTable)
            open.push_back(i);
    }
    return n;
}

} // namespace

Source::Source(std::vector<std::uint8_t> bytes, Format format)
    : bytes_{std::move(bytes)}, format_{format}
{
    if (format_ == Format::Text)
        return;
    auto module = decode(bytes_);
    decoded_ = module.has_value();
    if (!module)
        return;
    nestings_.reserve(module->funcs.size());
    for (auto const& f : module->funcs)
        nestings_.push_back(nesting_of(f.body.instrs));
    if (auto traced = trace(*module)) {
        valid_ = std::move(traced->module);
        traces_ = std::move(traced->funcs);
    } else {
        module_ = *std::move(module);
    }
}

CodeView Source::code(std::size_t defined) const
{
    auto const& f = module().funcs[defined];
    return {.func = &f,
        .type = valid() ? &valid_->func_type(f.type) : nullptr,
        .trace = valid() ? &traces_[defined] : nullptr,
        .nesting = &nestings_[defined]};
}

Module& Piece::edit()
{
    if (!edited_)
        edited_ = source_->module();
    return *edited_;
}

void Piece::replace(std::vector<std::uint8_t> bytes)
{
    source_ = std::make_shared<Source const>(std::move(bytes), source_->format());
    edited_.reset();
}

bool Piece::settle()
{
    if (!edited_)
        return true;
    auto const was_valid = source_->valid();
    if (was_valid)
        mend(*edited_);
    replace(encode(*edited_));
    return source_->valid() || !was_valid;
}

Problem problem_of(Case const& c)
{
    Problem p{.origin = c.origin, .pieces = {}, .calls = c.calls};
    for (auto const& m : c.modules)
        p.pieces.emplace_back(m.name, std::make_shared<Source const>(m.bytes, m.format));
    return p;
}

Case case_of(Problem const& p)
{
    Case c{.origin = p.origin, .modules = {}, .calls = p.calls};
    for (auto const& piece : p.pieces)
        c.modules.push_back({.name = piece.name,
            .bytes = piece.source().bytes(),
            .format = piece.source().format()});
    return c;
}

bool settle(Problem& p)
{
    return std::ranges::all_of(p.pieces, [](Piece& piece) { return piece.settle(); });
}

std::size_t instruction_count(Problem const& p)
{
    std::size_t n = 0;
    for (auto const& piece : p.pieces)
        for (auto const& f : piece.module().funcs)
            n += static_cast<std::size_t>(std::ranges::count_if(
                f.body.instrs, [](Instr const& i) { return i.op != Opcode::End; }));
    return n;
}

} // namespace touchstone::minimize
