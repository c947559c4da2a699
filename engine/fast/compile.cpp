#include "engine/fast/compile.hpp"

#include "engine/fast/compiler.hpp"
#include "engine/fast/faults.hpp"
#include "engine/fast/refs.hpp"

#include <algorithm>

namespace touchstone::fast {

static bool is_of_vectors(Opcode op)
{
    auto const since = info(op).since;
    return since == Feature::Simd || since == Feature::RelaxedSimd;
}

std::unique_ptr<Code> compile(Function const& f)
{
    return Compiler{f}.run();
}

Compiler::Compiler(Function const& f)
    : function_{f},
      instance_{*f.instance},
      module_{*f.instance->module},
      body_{f.source->body},
      locals_{locals_of(f)},
      code_{std::make_unique<Code>()},
      words_{code_->words},
      stack_{locals_.size(), f.param_slots + f.local_slots}
{}

std::vector<Compiler::Local> Compiler::locals_of(Function const& f)
{
    std::vector<Local> locals;
    std::uint32_t slot = 0;
    auto const add = [&](ValType t) {
        locals.push_back({.slot = slot, .is_wide = t.is_vec()});
        slot += slots_of(t);
    };
    std::ranges::for_each(f.type->params, add);
    for (auto const& group : f.source->locals)
        for (std::uint32_t n = 0; n < group.count; ++n)
            add(group.type);
    return locals;
}

std::unique_ptr<Code> Compiler::run()
{
    words_.reserve(body_.instrs.size() * 3 + 8);
    blocks_.push_back({.results = function_.results});
    for (auto const& i : body_.instrs) {
        offset_ = i.where.offset;
        if (live_)
            instruction(i);
        else
            skip(i);
    }
    words_.shrink_to_fit();
    return std::move(code_);
}

// Code

void Compiler::emit(Handler handler, std::initializer_list<Word> operands)
{
    auto& origins = code_->origins;
    if (origins.empty() || origins.back().offset != offset_)
        origins.push_back({here(), offset_});
    words_.push_back(reinterpret_cast<Word>(handler));
    words_.insert(words_.end(), operands);
    last_result_ = none;
}

void Compiler::emit_result(Handler handler, std::initializer_list<Word> operands, bool is_wide)
{
    auto const at = here() + 1;
    emit(handler, operands);
    result_at(at, is_wide);
}

void Compiler::result_at(std::uint32_t word, bool is_wide)
{
    last_result_ = word;
    stack_.push_home(is_wide);
}

// Operands

void Compiler::place(Operand const& o, std::uint32_t slot)
{
    if (o.kind == Operand::Kind::Constant)
        emit(&set_constant, {pair_word(0, slot), o.bits});
    else
        copy(locals_[o.local].slot, slot, o.is_wide);
}

void Compiler::copy(std::uint32_t from, std::uint32_t to, bool is_wide)
{
    emit(is_wide ? &copy_vector : &copy_slot, {pair_word(from, to)});
}

void Compiler::push_results(std::span<ValType const> types)
{
    for (auto const t : types)
        stack_.push_home(t.is_vec());
}

std::uint32_t Compiler::pop()
{
    auto const o = stack_.take();
    if (o.kind == Operand::Kind::Local)
        return locals_[o.local].slot;
    if (o.kind == Operand::Kind::Constant)
        place(o, next_home());
    return next_home();
}

void Compiler::settle(std::uint32_t from)
{
    stack_.settle(from, [this](Operand const& o) { place(o, o.slot); });
}

// Instructions that are neither control nor about whole memories and tables

void Compiler::instruction(Instr const& i)
{
    if (auto const* const h = handlers_of(i.op)) {
        if (is_of_vectors(i.op))
            compute_vector(i, *h);
        else if (accesses_memory(i.op))
            access(i, *h);
        else
            compute(i, *h);
        return;
    }
    switch (i.op) {
    case Opcode::Nop: break;
    case Opcode::Unreachable:
        emit(&unreachable, {});
        end_of_life();
        break;
    case Opcode::Block:
    case Opcode::Loop:
    case Opcode::If: open(i); break;
    case Opcode::Else: alternative(); break;
    case Opcode::End: close(); break;
    case Opcode::Br:
        branch(i.x);
        end_of_life();
        break;
    case Opcode::BrIf: branch_if(i.x); break;
    case Opcode::BrTable:
        branch_table(i);
        end_of_life();
        break;
    case Opcode::Return:
        return_results();
        end_of_life();
        break;
    case Opcode::Call: call(i, false); break;
    case Opcode::CallIndirect: call_indirect(i, false); break;
    case Opcode::ReturnCall:
        call(i, true);
        end_of_life();
        break;
    case Opcode::ReturnCallIndirect:
        call_indirect(i, true);
        end_of_life();
        break;
    case Opcode::Drop: drop(); break;
    case Opcode::Select:
    case Opcode::SelectT: select(); break;
    case Opcode::LocalGet: push_local(i.x); break;
    case Opcode::LocalSet: local_set(i.x); break;
    case Opcode::LocalTee:
        local_set(i.x);
        push_local(i.x);
        break;
    case Opcode::GlobalGet:
    {
        auto& global = *instance_.globals[i.x];
        auto const is_wide = global.type.value.is_vec();
        emit_result(is_wide ? &global_get_vector : &global_get,
            {pair_word(0, next_home()), pointer_word(&global.value)}, is_wide);
        break;
    }
    case Opcode::GlobalSet:
    {
        auto& global = *instance_.globals[i.x];
        emit(global.type.value.is_vec() ? &global_set_vector : &global_set,
            {pop(), pointer_word(&global.value)});
        break;
    }
    case Opcode::I32Const:
    case Opcode::I64Const:
    case Opcode::F32Const:
    case Opcode::F64Const: stack_.push_constant(i.imm); break;
    case Opcode::V128Const: vector_constant(i); break;
    case Opcode::RefNull: stack_.push_constant(null_slot); break;
    case Opcode::RefFunc: stack_.push_constant(pack_function(instance_.funcs[i.x])); break;
    case Opcode::RefIsNull:
    {
        auto const a = pop();
        emit_result(&ref_is_null, {pair_word(a, next_home())});
        break;
    }
    case Opcode::MemorySize:
    case Opcode::MemoryGrow:
    case Opcode::MemoryFill:
    case Opcode::MemoryCopy:
    case Opcode::MemoryInit:
    case Opcode::DataDrop: whole_memory(i); break;
    case Opcode::TableGet:
    case Opcode::TableSet:
    case Opcode::TableSize:
    case Opcode::TableGrow:
    case Opcode::TableFill:
    case Opcode::TableCopy:
    case Opcode::TableInit:
    case Opcode::ElemDrop: whole_table(i); break;
    default:
        emit(&unsupported, {static_cast<Word>(info(i.op).since)});
        end_of_life();
        break;
    }
}

/// One or two operands, one result; the second may be a constant in the code.
void Compiler::compute(Instr const& i, OpHandlers const& h)
{
    if (info(i.op).type.params().size() == 1) {
        auto const a = pop();
        emit_result(h.plain, {pair_word(a, next_home())});
        return;
    }
    if (stack_.top().kind == Operand::Kind::Constant) {
        auto const bits = stack_.take().bits;
        auto const a = pop();
        emit_result(h.variant, {pair_word(a, next_home()), bits});
        return;
    }
    auto const b = pop();
    if (i.op == Opcode::I64Rotr &&
        fault(Fault::RotrCommuted, stack_.top().kind == Operand::Kind::Constant)) {
        auto const bits = stack_.take().bits;
        emit_result(h.variant, {pair_word(b, next_home()), bits});
        return;
    }
    auto const a = pop();
    emit_result(h.plain, {pair_word(a, next_home()), b});
}

void Compiler::emit_access(
    Instr const& i, OpHandlers const& h, std::initializer_list<Word> operands)
{
    auto const* const m = instance_.memories[i.x];
    auto const is_wide = m->is_wide();
    emit(is_wide ? h.wide : i.x == 0 ? h.plain : h.variant, operands);
    if (is_wide || i.x != 0)
        words_.push_back(pointer_word(m));
}

void Compiler::access(Instr const& i, OpHandlers const& h)
{
    auto const loads = info(i.op).type.results().size() == 1;
    auto const value = loads ? 0 : pop();
    auto const address = pop();
    auto const at = here() + 1;
    emit_access(i, h, {pair_word(address, loads ? next_home() : value), i.imm});
    if (loads)
        result_at(at, false);
}

void Compiler::drop()
{
    auto const was_home = stack_.take().kind == Operand::Kind::Home;
    if (fault(Fault::DeadTableGet,
            was_home && last_result_ != none &&
                words_[last_result_ - 1] == reinterpret_cast<Word>(&table_get) &&
                high(words_[last_result_]) == next_home())) {
        words_.resize(last_result_ - 1);
        last_result_ = none;
    }
}

void Compiler::select()
{
    auto const condition = pop();
    auto const is_wide = stack_.top().is_wide;
    auto const b = pop();
    auto const a = pop();
    emit_result(is_wide ? &select_vector : &select_slot,
        {pair_word(a, next_home()), pair_word(b, condition)}, is_wide);
}

/// A result that was just computed goes straight into the local.
void Compiler::local_set(Index x)
{
    auto const slot = locals_[x].slot;
    auto const o = stack_.take();
    auto const folds = o.kind == Operand::Kind::Home && last_result_ != none &&
                       high(words_[last_result_]) == next_home() && !stack_.is_waited_for(x);
    if (folds) {
        words_[last_result_] = pair_word(low(words_[last_result_]), slot);
        last_result_ = none;
        return;
    }
    stack_.release(x, [this](Operand const& waiting) { place(waiting, waiting.slot); });
    if (o.kind == Operand::Kind::Home)
        copy(next_home(), slot, o.is_wide);
    else if (o.kind == Operand::Kind::Constant || o.local != x)
        place(o, slot);
}

} // namespace touchstone::fast
