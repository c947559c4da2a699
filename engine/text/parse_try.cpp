// The blocks of legacy exceptions, flat and folded:
//     try bt instr* (catch x instr*)* (catch_all instr*)? end        try bt instr* delegate l

#include "engine/text/module_parser.hpp"

namespace touchstone::text {

// A frame's instruction says whether a catch came, behind which nothing may be delegated.

bool ModuleParser::at_flat_catch() const
{
    return !frames_.empty() && frames_.back().kind == Frame::Kind::FlatTry &&
           (in_.at(Word::Catch) || in_.at(Word::CatchAll));
}

void ModuleParser::flat_catch(Where where)
{
    Instr i;
    i.where = where;
    auto const is_all = in_.take().keyword == static_cast<KeywordId>(Word::CatchAll);
    i.op = is_all ? Opcode::CatchAll : Opcode::Catch;
    if (is_all)
        frames_.back().kind = Frame::Kind::Flat;
    else
        i.x = index(tags_);
    frames_.back().instr.op = i.op;
    emit(i);
}

void ModuleParser::flat_delegate(Where where)
{
    if (frames_.empty() || frames_.back().kind != Frame::Kind::FlatTry ||
        frames_.back().instr.op == Opcode::Catch)
        in_.unexpected();
    in_.take();
    frames_.pop_back();
    pop_label();
    emit(plain_instruction(Opcode::Delegate, where));
}

/// At the end of "(do ...)" or "(catch x ...)".
void ModuleParser::close_try_part(Where where)
{
    in_.close();
    auto& frame = frames_.back();
    if (in_.take_open_if(Word::Catch)) {
        frame.instr.op = Opcode::Catch;
        emit({.op = Opcode::Catch, .where = where, .x = index(tags_)});
    } else if (in_.take_open_if(Word::CatchAll)) {
        emit(Opcode::CatchAll, where);
        frame.kind = Frame::Kind::Else; // nothing else may follow
    } else {
        auto const delegates =
            frame.instr.op != Opcode::Catch && in_.take_open_if(Opcode::Delegate);
        frames_.pop_back();
        pop_label();
        emit(delegates ? plain_instruction(Opcode::Delegate, where)
                       : Instr{.op = Opcode::End, .where = where});
        if (delegates)
            in_.close();
        in_.close();
    }
}

} // namespace touchstone::text
