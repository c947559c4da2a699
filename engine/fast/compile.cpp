#include "engine/fast/compile.hpp"

#include "engine/fast/compiler.hpp"
#include "engine/fast/faults.hpp"
#include "engine/fast/refs.hpp"

namespace touchstone::fast {

std::unique_ptr<Code> compile(Function const& f)
{
    return Compiler{f}.run();
}

Compiler::Compiler(Function const& f)
    : function_{f},
      instance_{*f.instance},
      module_{*f.instance->module},
      body_{f.source->body},
      code_{std::make_unique<Code>()},
      words_{code_->words},
      stack_{f.params + f.locals},
      locals_{f.params + f.locals}
{}

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

void Compiler::emit_result(Handler handler, std::initializer_list<Word> operands)
{
    auto const at = here() + 1;
    emit(handler, operands);
    last_result_ = at;
    push_result();
}

// Operands

void Compiler::place(Operand const& o, std::uint32_t slot)
{
    if (o.kind == Operand::Kind::Constant)
        emit(&set_constant, {pair_word(0, slot), o.bits});
    else
        emit(&copy_slot, {pair_word(o.local, slot)});
}

std::uint32_t Compiler::pop()
{
    auto const o = stack_.take();
    if (o.kind == Operand::Kind::Local)
        return o.local;
    if (o.kind == Operand::Kind::Constant)
        place(o, next_home());
    return next_home();
}

void Compiler::settle(std::uint32_t from)
{
    stack_.settle(from, [this](Operand const& o, std::uint32_t i) { place(o, home(i)); });
}

// Instructions that are neither control nor about whole memories and tables

void Compiler::instruction(Instr const& i)
{
    if (auto const* const h = handlers_of(i.op)) {
        if (accesses_memory(i.op))
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
    case Opcode::LocalGet: stack_.push_local(i.x); break;
    case Opcode::LocalSet: local_set(i.x); break;
    case Opcode::LocalTee:
        local_set(i.x);
        stack_.push_local(i.x);
        break;
    case Opcode::GlobalGet:
        emit_result(
            &global_get, {pair_word(0, next_home()), pointer_word(&instance_.globals[i.x]->value)});
        break;
    case Opcode::GlobalSet:
        emit(&global_set, {pop(), pointer_word(&instance_.globals[i.x]->value)});
        break;
    case Opcode::I32Const:
    case Opcode::I64Const:
    case Opcode::F32Const:
    case Opcode::F64Const: stack_.push_constant(i.imm); break;
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

void Compiler::access(Instr const& i, OpHandlers const& h)
{
    auto const* const m = instance_.memories[i.x];
    auto const first = i.x == 0;
    if (info(i.op).type.results().size() == 1) {
        auto const a = pop();
        if (first)
            emit_result(h.plain, {pair_word(a, next_home()), i.imm});
        else
            emit_result(h.variant, {pair_word(a, next_home()), i.imm, pointer_word(m)});
        return;
    }
    auto const value = pop();
    auto const a = pop();
    if (first)
        emit(h.plain, {pair_word(a, value), i.imm});
    else
        emit(h.variant, {pair_word(a, value), i.imm, pointer_word(m)});
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
    auto const b = pop();
    auto const a = pop();
    emit_result(&select_slot, {pair_word(a, next_home()), pair_word(b, condition)});
}

/// A result that was just computed goes straight into the local.
void Compiler::local_set(Index x)
{
    auto const o = stack_.take();
    auto const folds = o.kind == Operand::Kind::Home && last_result_ != none &&
                       high(words_[last_result_]) == next_home() && !stack_.is_waited_for(x);
    if (folds) {
        words_[last_result_] = pair_word(low(words_[last_result_]), x);
        last_result_ = none;
        return;
    }
    stack_.release(x, [this](Operand const& waiting, std::uint32_t i) { place(waiting, home(i)); });
    if (o.kind == Operand::Kind::Home)
        emit(&copy_slot, {pair_word(next_home(), x)});
    else if (o.kind == Operand::Kind::Constant || o.local != x)
        place(o, x);
}

} // namespace touchstone::fast
