// Text format of element and data segments (text/modules.html), in all their forms.

#include "engine/text/module_parser.hpp"

namespace touchstone::text {

/// (offset instructions), or one folded instruction
Expr ModuleParser::offset_expr()
{
    if (!in_.take_open_if(Word::Offset))
        return folded_expression();
    auto e = expression();
    in_.close();
    return e;
}

/// What an inline segment starts at.
Expr ModuleParser::zero_offset(AddrType addr, Where where)
{
    Expr e;
    body_ = &e;
    emit(addr == AddrType::I64 ? Opcode::I64Const : Opcode::I32Const, where);
    emit(Opcode::End, where);
    return e;
}

/// Before the index of WebAssembly 1.0's (elem x offset func*) and (data x offset string*), which
/// the threads proposal's text format has kept.
bool ModuleParser::at_first_index() const
{
    return has(Feature::Threads) && at_index() && in_.peek(1).kind == Token::Kind::Open;
}

/// (elem $id? declare elemlist), (elem $id? elemlist), (elem $id? (table x)? offset elemlist)
void ModuleParser::elem_field(Where where)
{
    in_.id_opt();
    Elem elem;
    elem.where = where;
    auto const names_table = in_.at_open(Word::Table);
    auto const has_index = at_first_index();
    if (in_.take_if(Word::Declare)) {
        elem.mode = Elem::Mode::Declarative;
    } else if (names_table || has_index || in_.at_open(Word::Offset) ||
               (in_.at(Token::Kind::Open) && at_instruction())) {
        elem.mode = Elem::Mode::Active;
        if (in_.take_open_if(Word::Table)) {
            elem.table = index(tables_);
            in_.close();
        } else if (has_index) {
            elem.table = index(tables_);
        }
        elem.offset = offset_expr();
    }
    auto const bare = elem.mode == Elem::Mode::Active && !names_table &&
                      (at_index() || in_.at(Token::Kind::Close));
    if (in_.take_if(Word::Func) || bare) {
        elem.type = ValType::ref(false, AbsHeapType::Func);
        elem_functions(elem);
    } else {
        elem.type = ref_type();
        elem_items(elem);
    }
    m_.elems.push_back(std::move(elem));
}

/// (item instructions) or a folded instruction, each
void ModuleParser::elem_items(Elem& elem)
{
    while (!in_.at(Token::Kind::Close)) {
        if (in_.take_open_if(Word::Item)) {
            elem.init.push_back(expression());
            in_.close();
        } else {
            elem.init.push_back(folded_expression());
        }
    }
}

/// Function indices, each as a ref.func
void ModuleParser::elem_functions(Elem& elem)
{
    while (at_index()) {
        Expr e;
        body_ = &e;
        Instr i;
        i.op = Opcode::RefFunc;
        i.where = {in_.offset()};
        i.x = index(funcs_);
        emit(i);
        emit(Opcode::End, i.where);
        elem.init.push_back(std::move(e));
    }
}

/// (data $id? bytes), (data $id? (memory x)? offset bytes)
void ModuleParser::data_field(Where where)
{
    in_.id_opt();
    Data data;
    data.where = where;
    if (!in_.at(Token::Kind::String) && !in_.at(Token::Kind::Close)) {
        data.mode = Data::Mode::Active;
        if (in_.take_open_if(Word::Memory)) {
            data.memory = index(memories_);
            in_.close();
        } else if (at_first_index()) {
            data.memory = index(memories_);
        }
        data.offset = offset_expr();
    }
    auto const bytes = in_.strings();
    data.bytes.assign(bytes.begin(), bytes.end());
    m_.datas.push_back(std::move(data));
}

} // namespace touchstone::text
