// From an instruction to its rule.

#include "engine/validation/code.hpp"

namespace touchstone {

void CodeValidator::instruction(Instr const& i)
{
    switch (i.op) {
    case Opcode::Unreachable:
        // Instr_ok/unreachable — C |- UNREACHABLE : t_1* -> t_2*
        return set_unreachable();
    case Opcode::Drop:
        // Instr_ok/drop — C |- DROP : t -> eps
        static_cast<void>(pop_any());
        return;
    case Opcode::Block:
    case Opcode::Loop: return block(i);
    case Opcode::If: return if_(i);
    case Opcode::Else: return else_();
    case Opcode::End: return end();
    case Opcode::Br: return br(i);
    case Opcode::BrIf: return br_if(i);
    case Opcode::BrTable: return br_table(i);
    case Opcode::BrOnNull: return br_on_null(i);
    case Opcode::BrOnNonNull: return br_on_non_null(i);
    case Opcode::BrOnCast: return br_on_cast(i);
    case Opcode::BrOnCastFail: return br_on_cast_fail(i);
    case Opcode::Return: return return_();
    case Opcode::Call: return call(i);
    case Opcode::CallRef: return call_ref(i);
    case Opcode::CallIndirect: return call_indirect(i);
    case Opcode::ReturnCall: return return_call(i);
    case Opcode::ReturnCallRef: return return_call_ref(i);
    case Opcode::ReturnCallIndirect: return return_call_indirect(i);
    case Opcode::Throw: return throw_(i);
    case Opcode::ThrowRef: return throw_ref();
    case Opcode::TryTable: return try_table(i);
    case Opcode::Select: return select();
    case Opcode::SelectT: return select_t(i);
    case Opcode::LocalGet: return local_get(i);
    case Opcode::LocalSet: return local_set(i);
    case Opcode::LocalTee: return local_tee(i);
    case Opcode::GlobalGet: return global_get(i);
    case Opcode::GlobalSet: return global_set(i);
    case Opcode::TableGet: return table_get(i);
    case Opcode::TableSet: return table_set(i);
    case Opcode::TableSize: return table_size(i);
    case Opcode::TableGrow: return table_grow(i);
    case Opcode::TableFill: return table_fill(i);
    case Opcode::TableCopy: return table_copy(i);
    case Opcode::TableInit: return table_init(i);
    case Opcode::MemoryCopy: return memory_copy(i);
    case Opcode::RefNull: return ref_null(i);
    case Opcode::RefFunc: return ref_func(i);
    case Opcode::RefIsNull: return ref_is_null();
    case Opcode::RefAsNonNull: return ref_as_non_null();
    case Opcode::RefEq: return ref_eq();
    case Opcode::Try:
    case Opcode::Catch:
    case Opcode::CatchAll:
    case Opcode::Delegate:
    case Opcode::Rethrow: return legacy(i);
    default: return info(i.op).type.own_rule() ? aggregate(i) : simple(i);
    }
}

/// Of what garbage collection brought.
void CodeValidator::aggregate(Instr const& i)
{
    switch (i.op) {
    case Opcode::RefTest: return ref_test(i, false);
    case Opcode::RefTestNull: return ref_test(i, true);
    case Opcode::RefCast: return ref_cast(i, false);
    case Opcode::RefCastNull: return ref_cast(i, true);
    case Opcode::RefI31: return ref_i31();
    case Opcode::I31GetS:
    case Opcode::I31GetU: return i31_get();
    case Opcode::ExternConvertAny: return extern_convert_any();
    case Opcode::AnyConvertExtern: return any_convert_extern();
    case Opcode::StructNew: return struct_new(i);
    case Opcode::StructNewDefault: return struct_new_default(i);
    case Opcode::StructGet: return struct_get(i, false);
    case Opcode::StructGetS:
    case Opcode::StructGetU: return struct_get(i, true);
    case Opcode::StructSet: return struct_set(i);
    case Opcode::ArrayNew: return array_new(i);
    case Opcode::ArrayNewDefault: return array_new_default(i);
    case Opcode::ArrayNewFixed: return array_new_fixed(i);
    case Opcode::ArrayNewData: return array_new_data(i);
    case Opcode::ArrayNewElem: return array_new_elem(i);
    case Opcode::ArrayGet: return array_get(i, false);
    case Opcode::ArrayGetS:
    case Opcode::ArrayGetU: return array_get(i, true);
    case Opcode::ArraySet: return array_set(i);
    case Opcode::ArrayLen: return array_len();
    case Opcode::ArrayFill: return array_fill(i);
    case Opcode::ArrayCopy: return array_copy(i);
    case Opcode::ArrayInitData: return array_init_data(i);
    case Opcode::ArrayInitElem: return array_init_elem(i);
    default: violate_limit(std::string{info(i.op).text} + " has no validation rule");
    }
}

} // namespace touchstone
