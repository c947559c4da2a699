// Which instructions are constant: valid/instructions.html#valid-constant

#include "engine/validation/code.hpp"

namespace touchstone {

/// Instr_const/const, Instr_const/vconst, Instr_const/ref.null, Instr_const/ref.i31,
/// Instr_const/ref.func, Instr_const/struct.new, Instr_const/struct.new_default,
/// Instr_const/array.new, Instr_const/array.new_default, Instr_const/array.new_fixed,
/// Instr_const/any.convert_extern, Instr_const/extern.convert_any
///   C |- instr CONST
/// Instr_const/binop
///   C |- (BINOP Inn binop) CONST    if Inn <- I32 I64  and  binop <- ADD SUB MUL
/// Instr_const/global.get
///   C |- (GLOBAL.GET x) CONST       if C.GLOBALS[x] = t
void instr_const(Context const& c, Instr const& i)
{
    switch (i.op) {
    case Opcode::End:
    case Opcode::I32Const:
    case Opcode::I64Const:
    case Opcode::F32Const:
    case Opcode::F64Const:
    case Opcode::V128Const:
    case Opcode::RefNull:
    case Opcode::RefI31:
    case Opcode::RefFunc:
    case Opcode::StructNew:
    case Opcode::StructNewDefault:
    case Opcode::ArrayNew:
    case Opcode::ArrayNewDefault:
    case Opcode::ArrayNewFixed:
    case Opcode::AnyConvertExtern:
    case Opcode::ExternConvertAny:
    case Opcode::I32Add:
    case Opcode::I32Sub:
    case Opcode::I32Mul:
    case Opcode::I64Add:
    case Opcode::I64Sub:
    case Opcode::I64Mul: return;
    case Opcode::GlobalGet:
        require(
            !c.global(i.x).is_mutable, "constant expression required", "Instr_const/global.get");
        return;
    default: violate("constant expression required", "Expr_const");
    }
}

} // namespace touchstone
