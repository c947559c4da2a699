// Instructions to text, by the Immediates of their rows in the instruction table.

#include "engine/text/module_printer.hpp"
#include "engine/text/print_literals.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

namespace touchstone::text {

Ids printable_ids(NameMap const& names, std::uint64_t count)
{
    Ids ids;
    std::unordered_map<std::string_view, Index> seen;
    for (auto const& [index, name] : names) {
        if (index >= count)
            break;
        if (auto id = id_text(name); id && seen.try_emplace(name, index).second)
            ids.emplace(index, std::move(*id));
    }
    return ids;
}

/// Longer identifiers stand where they are declared only: the text stays in proportion.
static constexpr std::size_t longest_reference = 100;

std::string reference(Ids const& ids, Index index)
{
    auto const at = ids.find(index);
    if (at != ids.end() && at->second.size() <= longest_reference)
        return at->second;
    return fmt::format("{}", index);
}

static std::string_view abstract_name(AbsHeapType h)
{
    switch (h) {
    case AbsHeapType::Any: return "any";
    case AbsHeapType::Eq: return "eq";
    case AbsHeapType::I31: return "i31";
    case AbsHeapType::Struct: return "struct";
    case AbsHeapType::Array: return "array";
    case AbsHeapType::None: return "none";
    case AbsHeapType::Func: return "func";
    case AbsHeapType::NoFunc: return "nofunc";
    case AbsHeapType::Extern: return "extern";
    case AbsHeapType::NoExtern: return "noextern";
    case AbsHeapType::Exn: return "exn";
    case AbsHeapType::NoExn: return "noexn";
    case AbsHeapType::Bot: return "bot";
    }
    return "bot";
}

/// The abbreviation of (ref null h).
static std::string_view nullable_name(AbsHeapType h)
{
    switch (h) {
    case AbsHeapType::Any: return "anyref";
    case AbsHeapType::Eq: return "eqref";
    case AbsHeapType::I31: return "i31ref";
    case AbsHeapType::Struct: return "structref";
    case AbsHeapType::Array: return "arrayref";
    case AbsHeapType::None: return "nullref";
    case AbsHeapType::Func: return "funcref";
    case AbsHeapType::NoFunc: return "nullfuncref";
    case AbsHeapType::Extern: return "externref";
    case AbsHeapType::NoExtern: return "nullexternref";
    case AbsHeapType::Exn: return "exnref";
    case AbsHeapType::NoExn: return "nullexnref";
    case AbsHeapType::Bot: return "(ref null bot)";
    }
    return "(ref null bot)";
}

std::string InstructionPrinter::heap_type(HeapType h) const
{
    return h.is_abstract() ? std::string{abstract_name(h.abstract())}
                           : reference(ids_.types, h.index());
}

std::string InstructionPrinter::val_type(ValType t) const
{
    switch (t.kind) {
    case ValType::Kind::I32: return "i32";
    case ValType::Kind::I64: return "i64";
    case ValType::Kind::F32: return "f32";
    case ValType::Kind::F64: return "f64";
    case ValType::Kind::V128: return "v128";
    case ValType::Kind::Bot: return "bot";
    case ValType::Kind::Ref: break;
    }
    if (t.nullable && t.heap.is_abstract())
        return std::string{nullable_name(t.heap.abstract())};
    return fmt::format("(ref {}{})", t.nullable ? "null " : "", heap_type(t.heap));
}

void InstructionPrinter::enter(Ids locals, NameMap const* labels, FuncHints const* hints)
{
    hints_ = hints;
    locals_ = std::move(locals);
    label_names_ = labels;
    block_count_ = 0;
    labels_.clear();
    label_depths_ = decltype(label_depths_){}; // clear() costs as much as there ever were
}

void InstructionPrinter::body(Expr const& e, std::string& out, bool lines)
{
    constexpr std::size_t deepest_indent = 40; // deeper would be longer than what it indents
    for (std::size_t k = 0; k + 1 < e.instrs.size(); ++k) {
        auto const& i = e.instrs[k];
        auto const closes = i.op == Opcode::End || i.op == Opcode::Else || i.op == Opcode::Catch ||
                            i.op == Opcode::CatchAll || i.op == Opcode::Delegate;
        if (lines) {
            auto const depth = labels_.size() - (closes && !labels_.empty() ? 1 : 0);
            out += '\n';
            out.append(4 + 2 * std::min(depth, deepest_indent), ' ');
        } else {
            out += ' ';
        }
        if (hints_ != nullptr)
            if (auto const hint = hints_->find(static_cast<std::uint32_t>(k));
                hint != hints_->end())
                out += hint->second ? R"((@metadata.code.branch_hint "\01") )"
                                    : R"((@metadata.code.branch_hint "\00") )";
        instruction(e, i, out);
    }
}

void InstructionPrinter::block(Expr const& e, Instr const& i, std::string& out)
{
    std::string rest;
    block_type(i.block_type(), rest);
    if (i.op == Opcode::TryTable)
        catches(e, i, rest); // whose labels are outside
    std::optional<std::string> id;
    if (label_names_ != nullptr)
        if (auto const at = label_names_->find(block_count_); at != label_names_->end())
            id = id_text(at->second);
    ++block_count_;
    if (id) {
        out += ' ';
        out += *id;
        label_depths_[*id].push_back(labels_.size());
    }
    labels_.push_back(std::move(id));
    out += rest;
}

void InstructionPrinter::close_label()
{
    if (labels_.empty())
        return;
    if (auto const& id = labels_.back()) {
        auto const at = label_depths_.find(*id);
        at->second.pop_back();
        if (at->second.empty())
            label_depths_.erase(at);
    }
    labels_.pop_back();
}

/// By name where the name means this block and not one inside it.
std::string InstructionPrinter::label(Index depth) const
{
    if (depth < labels_.size()) {
        auto const at = labels_.size() - 1 - depth;
        auto const& id = labels_[at];
        if (id && id->size() <= longest_reference && label_depths_.at(*id).back() == at)
            return *id;
    }
    return fmt::format("{}", depth);
}

void InstructionPrinter::block_type(BlockType bt, std::string& out) const
{
    if (bt.kind == BlockType::Kind::Value)
        out += fmt::format(" (result {})", val_type(bt.value));
    else if (bt.kind == BlockType::Kind::Type)
        out += fmt::format(" (type {})", reference(ids_.types, bt.type));
}

void InstructionPrinter::catches(Expr const& e, Instr const& i, std::string& out)
{
    for (std::size_t k = i.x; k < std::size_t{i.x} + i.y && k < e.catches.size(); ++k) {
        auto const& c = e.catches[k];
        auto const tag = reference(ids_.tags, c.tag);
        auto const target = label(c.label);
        switch (c.kind) {
        case Catch::Kind::Catch: out += fmt::format(" (catch {} {})", tag, target); break;
        case Catch::Kind::CatchRef: out += fmt::format(" (catch_ref {} {})", tag, target); break;
        case Catch::Kind::CatchAll: out += fmt::format(" (catch_all {})", target); break;
        case Catch::Kind::CatchAllRef: out += fmt::format(" (catch_all_ref {})", target); break;
        }
    }
}

void InstructionPrinter::memarg(Instr const& i, std::string& out)
{
    if (i.x != 0)
        out += ' ' + reference(ids_.memories, i.x);
    if (i.imm != 0)
        out += fmt::format(" offset={}", i.imm);
    auto const natural = static_cast<unsigned>(std::countr_zero(access_bits(i.op) / 8));
    if (i.align != natural && i.align < 64)
        out += fmt::format(" align={}", std::uint64_t{1} << i.align);
}

void InstructionPrinter::vector(V128 const& v, std::string& out) const
{
    out += " i32x4";
    for (std::size_t lane = 0; lane < 4; ++lane) {
        std::uint32_t bits = 0;
        for (std::size_t k = 0; k < 4; ++k)
            bits |= std::uint32_t{v.bytes[lane * 4 + k]} << 8 * k;
        out += fmt::format(" {:#010x}", bits);
    }
}

void InstructionPrinter::field(Instr const& i, std::string& out)
{
    auto const fields = ids_.fields.find(i.x);
    out += fmt::format(" {} {}", reference(ids_.types, i.x),
        fields != ids_.fields.end() ? reference(fields->second, i.y) : fmt::format("{}", i.y));
}

void InstructionPrinter::instruction(Expr const& e, Instr const& i, std::string& out)
{
    auto add = [&out](std::string const& word) {
        out += ' ';
        out += word;
    };
    auto types = [&](std::size_t first, std::size_t count) {
        for (auto k = first; k < first + count && k < e.types.size(); ++k)
            add(val_type(e.types[k]));
    };
    out += info(i.op).text;
    switch (info(i.op).immediates) {
    case Immediates::None:
        if (i.op == Opcode::End)
            close_label();
        break;
    case Immediates::Block:
    case Immediates::TryTable: block(e, i, out); break;
    case Immediates::Label:
        if (i.op == Opcode::Delegate)
            close_label();
        add(label(i.x));
        break;
    case Immediates::Labels:
        for (std::size_t k = i.x; k < std::size_t{i.x} + i.y && k < e.labels.size(); ++k)
            add(label(e.labels[k]));
        break;
    case Immediates::Func: add(reference(ids_.funcs, i.x)); break;
    case Immediates::Type: add(reference(ids_.types, i.x)); break;
    case Immediates::TypeTable:
        if (i.y != 0)
            add(reference(ids_.tables, i.y));
        add(fmt::format("(type {})", reference(ids_.types, i.x)));
        break;
    case Immediates::Tag: add(reference(ids_.tags, i.x)); break;
    case Immediates::SelectTypes:
        out += " (result";
        types(i.x, i.y);
        out += ')';
        break;
    case Immediates::Local: add(reference(locals_, i.x)); break;
    case Immediates::Global: add(reference(ids_.globals, i.x)); break;
    case Immediates::Table: // also 0, which wabt's text parser cannot do without
        add(reference(ids_.tables, i.x));
        break;
    case Immediates::TableTable:
        if (i.x != 0 || i.y != 0) {
            add(reference(ids_.tables, i.x));
            add(reference(ids_.tables, i.y));
        }
        break;
    case Immediates::ElemTable:
        if (i.y != 0)
            add(reference(ids_.tables, i.y));
        add(reference(ids_.elems, i.x));
        break;
    case Immediates::Elem: add(reference(ids_.elems, i.x)); break;
    case Immediates::Memory:
        if (i.x != 0)
            add(reference(ids_.memories, i.x));
        break;
    case Immediates::MemoryMemory:
        if (i.x != 0 || i.y != 0) {
            add(reference(ids_.memories, i.x));
            add(reference(ids_.memories, i.y));
        }
        break;
    case Immediates::DataMemory:
        if (i.y != 0)
            add(reference(ids_.memories, i.y));
        add(reference(ids_.datas, i.x));
        break;
    case Immediates::Data: add(reference(ids_.datas, i.x)); break;
    case Immediates::Memarg: memarg(i, out); break;
    case Immediates::MemargLane:
        memarg(i, out);
        add(fmt::format("{}", i.lane));
        break;
    case Immediates::Zero: break;
    case Immediates::Lane: add(fmt::format("{}", i.lane)); break;
    case Immediates::Lanes16:
        for (auto const lane : e.vectors.at(i.x).bytes)
            add(fmt::format("{}", lane));
        break;
    case Immediates::V128: vector(e.vectors.at(i.x), out); break;
    case Immediates::I32: add(fmt::format("{}", static_cast<std::int32_t>(i.imm))); break;
    case Immediates::I64: add(fmt::format("{}", static_cast<std::int64_t>(i.imm))); break;
    case Immediates::F32: add(f32_text(static_cast<std::uint32_t>(i.imm))); break;
    case Immediates::F64: add(f64_text(i.imm)); break;
    case Immediates::HeapType:
        if (i.op == Opcode::RefNull)
            add(heap_type(i.heap_type()));
        else
            add(fmt::format("(ref {}{})",
                i.op == Opcode::RefTestNull || i.op == Opcode::RefCastNull ? "null " : "",
                heap_type(i.heap_type())));
        break;
    case Immediates::BrCast:
        add(label(i.x));
        types(i.y, 2);
        break;
    case Immediates::TypeField: field(i, out); break;
    case Immediates::TypeCount:
        add(reference(ids_.types, i.x));
        add(fmt::format("{}", i.y));
        break;
    case Immediates::TypeData:
        add(reference(ids_.types, i.x));
        add(reference(ids_.datas, i.y));
        break;
    case Immediates::TypeElem:
        add(reference(ids_.types, i.x));
        add(reference(ids_.elems, i.y));
        break;
    case Immediates::TypeType:
        add(reference(ids_.types, i.x));
        add(reference(ids_.types, i.y));
        break;
    }
}

} // namespace touchstone::text
