// What follows a mnemonic, by the Immediates of its row in the instruction table.

#include "engine/text/literals.hpp"
#include "engine/text/module_parser.hpp"

#include <bit>

namespace touchstone::text {

Instr ModuleParser::plain_instruction(Opcode op, Where where)
{
    Instr i;
    i.op = op;
    i.where = where;
    switch (info(op).immediates) {
    case Immediates::Zero: break;
    case Immediates::None:
        if (op == Opcode::Select)
            select_types(i);
        break;
    case Immediates::Block:
    case Immediates::TryTable:
    case Immediates::SelectTypes: break; // block_head; Select is the first row of its spelling
    case Immediates::Label: i.x = label(); break;
    case Immediates::Labels: labels(i); break;
    case Immediates::Func: i.x = index(funcs_); break;
    case Immediates::Type: i.x = index(types_); break;
    case Immediates::Tag: i.x = index(tags_); break;
    case Immediates::Local: i.x = local(); break;
    case Immediates::Global: i.x = index(globals_); break;
    case Immediates::Elem: i.x = index(elems_); break;
    case Immediates::Data: i.x = index(datas_); break;
    case Immediates::Table: i.x = index_opt(tables_); break;
    case Immediates::Memory: i.x = index_opt(memories_); break;
    case Immediates::TypeTable: call_indirect(i); break;
    case Immediates::TableTable: two_or_none(i, tables_); break;
    case Immediates::MemoryMemory: two_or_none(i, memories_); break;
    case Immediates::ElemTable: segment_and_place(i, elems_, tables_); break;
    case Immediates::DataMemory: segment_and_place(i, datas_, memories_); break;
    case Immediates::Memarg: memarg(i); break;
    case Immediates::MemargLane: memarg_lane(i); break;
    case Immediates::Lane: i.lane = static_cast<std::uint8_t>(in_.nat(8, "i8")); break;
    case Immediates::Lanes16: shuffle_lanes(i); break;
    case Immediates::V128: vector(i); break;
    case Immediates::I32:
    case Immediates::I64:
    case Immediates::F32:
    case Immediates::F64: i.imm = number_literal(in_, op); break;
    case Immediates::HeapType: heap_type_of(i); break;
    case Immediates::BrCast: br_cast(i); break;
    case Immediates::TypeField: type_field(i); break;
    case Immediates::TypeCount:
        i.x = index(types_);
        i.y = static_cast<Index>(in_.nat(32, "i32"));
        break;
    case Immediates::TypeData:
        i.x = index(types_);
        i.y = index(datas_);
        break;
    case Immediates::TypeElem:
        i.x = index(types_);
        i.y = index(elems_);
        break;
    case Immediates::TypeType:
        i.x = index(types_);
        i.y = index(types_);
        break;
    }
    return i;
}

Instr ModuleParser::block_head(Opcode op, Where where)
{
    Instr i;
    i.op = op;
    i.where = where;
    auto const use = type_use_opt();
    Signature s;
    signature(s, false);
    auto const& [params, results] = s.type;
    if (use || !params.empty() || results.size() > 1)
        i.set_block_type({BlockType::Kind::Type, {}, type_of(use, s)});
    else if (results.size() == 1)
        i.set_block_type({BlockType::Kind::Value, results[0], 0});
    else
        i.set_block_type({});
    if (op == Opcode::TryTable)
        catches(i);
    return i;
}

void ModuleParser::catches(Instr& i)
{
    i.x = static_cast<Index>(body_->catches.size());
    auto of = [this](Word word, Catch::Kind kind) {
        if (!in_.take_open_if(word))
            return false;
        Catch c;
        c.kind = kind;
        if (kind == Catch::Kind::Catch || kind == Catch::Kind::CatchRef)
            c.tag = index(tags_);
        c.label = label();
        in_.close();
        body_->catches.push_back(c);
        return true;
    };
    while (of(Word::Catch, Catch::Kind::Catch) || of(Word::CatchRef, Catch::Kind::CatchRef) ||
           of(Word::CatchAll, Catch::Kind::CatchAll) ||
           of(Word::CatchAllRef, Catch::Kind::CatchAllRef))
        ;
    i.y = static_cast<Index>(body_->catches.size() - i.x);
}

void ModuleParser::labels(Instr& i)
{
    i.x = static_cast<Index>(body_->labels.size());
    do
        body_->labels.push_back(label());
    while (at_index());
    i.y = static_cast<Index>(body_->labels.size() - i.x);
}

/// (result t*)* makes another instruction of it, even if it is empty.
void ModuleParser::select_types(Instr& i)
{
    if (!in_.at_open(Word::Result))
        return;
    i.op = Opcode::SelectT;
    i.x = static_cast<Index>(body_->types.size());
    while (in_.take_open_if(Word::Result))
        val_types_to_close(body_->types);
    i.y = static_cast<Index>(body_->types.size() - i.x);
}

void ModuleParser::call_indirect(Instr& i)
{
    i.y = index_opt(tables_);
    auto const use = type_use_opt();
    Signature s;
    signature(s, false);
    i.x = type_of(use, s);
}

Index ModuleParser::local()
{
    if (!in_.at(Token::Kind::Id))
        return static_cast<Index>(in_.nat(32, "i32"));
    auto const& token = in_.take();
    auto const id = in_.id(token);
    auto const at = locals_.find(id);
    if (at == locals_.end())
        unknown("local", token.offset, id);
    return at->second;
}

void ModuleParser::two_or_none(Instr& i, IndexSpace const& space)
{
    if (!at_index())
        return;
    i.x = index(space);
    i.y = index(space);
}

/// The text names the table or memory first, and may leave it out.
void ModuleParser::segment_and_place(Instr& i, IndexSpace const& segments, IndexSpace const& places)
{
    if (!at_index())
        in_.unexpected();
    auto const first = in_.take();
    if (at_index()) {
        i.y = resolve(places, first);
        i.x = index(segments);
    } else {
        i.x = resolve(segments, first);
    }
}

void ModuleParser::memarg(Instr& i)
{
    i.x = index_opt(memories_);
    offset_and_align(i);
}

void ModuleParser::offset_and_align(Instr& i)
{
    auto number = [this] {
        auto const& token = in_.take();
        auto const spelling = in_.spelling(token);
        return in_.nat(token, spelling.substr(spelling.find('=') + 1), 64, "i64");
    };
    if (in_.at(Word::OffsetEq))
        i.imm = number();
    auto const natural = access_bits(i.op) / 8;
    i.align = static_cast<std::uint8_t>(std::countr_zero(natural));
    if (in_.at(Word::AlignEq)) {
        auto const at = in_.offset();
        auto const align = number();
        if (!std::has_single_bit(align))
            in_.refuse(at, "alignment must be a power of two");
        i.align = static_cast<std::uint8_t>(std::countr_zero(align));
    }
}

/// A single number is the lane, not the memory.
void ModuleParser::memarg_lane(Instr& i)
{
    auto const& next = in_.peek(1);
    auto const only_one = next.kind != Token::Kind::Nat &&
                          next.keyword != static_cast<KeywordId>(Word::OffsetEq) &&
                          next.keyword != static_cast<KeywordId>(Word::AlignEq);
    if (in_.at(Token::Kind::Id) || (in_.at(Token::Kind::Nat) && !only_one))
        i.x = index(memories_);
    offset_and_align(i);
    i.lane = static_cast<std::uint8_t>(in_.nat(8, "i8"));
}

void ModuleParser::shuffle_lanes(Instr& i)
{
    auto const at = in_.offset();
    auto const tokens = number_tokens(in_);
    V128 lanes;
    if (tokens.size() != lanes.bytes.size())
        in_.refuse(at, "invalid lane length");
    for (std::size_t k = 0; k < tokens.size(); ++k)
        lanes.bytes[k] =
            static_cast<std::uint8_t>(in_.nat(tokens[k], in_.spelling(tokens[k]), 8, "i8"));
    i.x = static_cast<Index>(body_->vectors.size());
    body_->vectors.push_back(lanes);
}

void ModuleParser::vector(Instr& i)
{
    i.x = static_cast<Index>(body_->vectors.size());
    body_->vectors.push_back(vector_literal(in_));
}

/// ref.null takes a heap type; ref.test and ref.cast a reference type that chooses between two
/// rows.
void ModuleParser::heap_type_of(Instr& i)
{
    if (i.op == Opcode::RefNull) {
        i.set_heap_type(heap_type());
        return;
    }
    auto const type = ref_type();
    i.set_heap_type(type.heap);
    if (type.nullable)
        i.op = i.op == Opcode::RefTest ? Opcode::RefTestNull : Opcode::RefCastNull;
}

void ModuleParser::br_cast(Instr& i)
{
    i.x = label();
    i.y = static_cast<Index>(body_->types.size());
    body_->types.push_back(ref_type());
    body_->types.push_back(ref_type());
}

void ModuleParser::type_field(Instr& i)
{
    i.x = index(types_);
    if (!in_.at(Token::Kind::Id)) {
        i.y = static_cast<Index>(in_.nat(32, "i32"));
        return;
    }
    auto const& token = in_.take();
    auto const id = in_.id(token);
    auto const fields = field_ids_.find(i.x);
    if (fields == field_ids_.end() || !fields->second.contains(id))
        unknown("field", token.offset, id);
    i.y = fields->second.at(id);
}

} // namespace touchstone::text
