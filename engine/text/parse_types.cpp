// Text format of types (text/types.html), the second pass over type definitions, and type uses.

#include "engine/text/characters.hpp"
#include "engine/text/module_parser.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

namespace touchstone::text {

void ModuleParser::type_fields()
{
    auto const start = in_.position();
    for (auto const place : type_places_) {
        in_.move_to(place);
        RecGroup group{static_cast<Index>(m_.types.size()), 1};
        if (in_.take_open_if(Word::Rec)) {
            while (in_.at_open(Word::Type))
                type_definition();
            in_.close();
            group.count = static_cast<Index>(m_.types.size()) - group.first;
        } else {
            type_definition();
        }
        m_.rec_groups.push_back(group);
        if (group.count == 1)
            remember_type(group.first);
    }
    in_.move_to(start);
}

/// typedef: (type $id? subtype)
void ModuleParser::type_definition()
{
    in_.expect_open(Word::Type);
    in_.id_opt();
    auto const type = static_cast<Index>(m_.types.size());
    SubType sub;
    if (in_.take_open_if(Word::Sub)) {
        sub.is_final = in_.take_if(Word::Final);
        while (at_index())
            sub.supers.push_back(index(types_));
        sub.comp = composite(type);
        in_.close();
    } else {
        sub.comp = composite(type);
    }
    in_.close();
    m_.types.push_back(std::move(sub));
}

CompType ModuleParser::composite(Index type)
{
    CompType comp;
    if (in_.take_open_if(Word::Func)) {
        Signature s;
        signature(s, true);
        comp.func = std::move(s.type);
    } else if (in_.take_open_if(Word::Struct)) {
        comp.kind = CompType::Kind::Struct;
        struct_fields(type, comp.fields);
    } else {
        in_.expect_open(Word::Array);
        comp.kind = CompType::Kind::Array;
        comp.fields.push_back(field_type());
    }
    in_.close();
    return comp;
}

void ModuleParser::struct_fields(Index type, std::vector<FieldType>& fields)
{
    while (in_.take_open_if(Word::Field)) {
        auto const at = in_.offset();
        if (auto const id = in_.id_opt()) {
            auto const index = static_cast<Index>(fields.size());
            if (!field_ids_[type].try_emplace(*id, index).second)
                in_.refuse(at, fmt::format("duplicate field ${}", shortened(*id)));
            m_.names.fields[type].emplace(index, *id);
            fields.push_back(field_type());
        } else {
            while (!in_.at(Token::Kind::Close))
                fields.push_back(field_type());
        }
        in_.close();
    }
}

FieldType ModuleParser::field_type()
{
    FieldType field;
    field.is_mutable = in_.take_open_if(Word::Mut);
    field.storage = storage_type();
    if (field.is_mutable)
        in_.close();
    return field;
}

StorageType ModuleParser::storage_type()
{
    if (in_.take_if(Word::I8))
        return {StorageType::Pack::I8};
    if (in_.take_if(Word::I16))
        return {StorageType::Pack::I16};
    return {StorageType::Pack::No, val_type()};
}

/// numtype, vectype, or the abbreviation of a reference type
static std::optional<ValType> simple_val_type(Word word)
{
    auto nullable = [](AbsHeapType heap) { return ValType::ref(true, heap); };
    switch (word) {
    case Word::I32: return i32;
    case Word::I64: return i64;
    case Word::F32: return f32;
    case Word::F64: return f64;
    case Word::V128: return v128;
    case Word::AnyRef: return nullable(AbsHeapType::Any);
    case Word::EqRef: return nullable(AbsHeapType::Eq);
    case Word::I31Ref: return nullable(AbsHeapType::I31);
    case Word::StructRef: return nullable(AbsHeapType::Struct);
    case Word::ArrayRef: return nullable(AbsHeapType::Array);
    case Word::NullRef: return nullable(AbsHeapType::None);
    case Word::FuncRef: return nullable(AbsHeapType::Func);
    case Word::NullFuncRef: return nullable(AbsHeapType::NoFunc);
    case Word::ExternRef: return nullable(AbsHeapType::Extern);
    case Word::NullExternRef: return nullable(AbsHeapType::NoExtern);
    case Word::ExnRef: return nullable(AbsHeapType::Exn);
    case Word::NullExnRef: return nullable(AbsHeapType::NoExn);
    default: return std::nullopt;
    }
}

std::optional<AbsHeapType> abstract_heap_type(Word word)
{
    switch (word) {
    case Word::Any: return AbsHeapType::Any;
    case Word::Eq: return AbsHeapType::Eq;
    case Word::I31: return AbsHeapType::I31;
    case Word::Struct: return AbsHeapType::Struct;
    case Word::Array: return AbsHeapType::Array;
    case Word::None: return AbsHeapType::None;
    case Word::Func: return AbsHeapType::Func;
    case Word::NoFunc: return AbsHeapType::NoFunc;
    case Word::Extern: return AbsHeapType::Extern;
    case Word::NoExtern: return AbsHeapType::NoExtern;
    case Word::Exn: return AbsHeapType::Exn;
    case Word::NoExn: return AbsHeapType::NoExn;
    default: return std::nullopt;
    }
}

bool ModuleParser::at_val_type() const
{
    auto const& token = in_.peek();
    return in_.at_open(Word::Ref) || (token.kind == Token::Kind::Keyword &&
                                         simple_val_type(static_cast<Word>(token.keyword)));
}

ValType ModuleParser::val_type()
{
    if (in_.at(Token::Kind::Keyword))
        if (auto const type = simple_val_type(static_cast<Word>(in_.peek().keyword))) {
            in_.take();
            return *type;
        }
    in_.expect_open(Word::Ref);
    auto const nullable = in_.take_if(Word::Null);
    auto const heap = heap_type();
    in_.close();
    return ValType::ref(nullable, heap);
}

ValType ModuleParser::ref_type()
{
    auto const start = in_.position();
    auto const type = val_type();
    if (!type.is_ref()) {
        in_.move_to(start);
        in_.unexpected();
    }
    return type;
}

HeapType ModuleParser::heap_type()
{
    // A module cannot have so many types: the largest index that HeapType keeps is unknown, too.
    constexpr Index largest = 0x7FFF'FFFF;
    if (at_index())
        return HeapType::type(std::min(index(types_), largest));
    if (in_.at(Token::Kind::Keyword))
        if (auto const heap = abstract_heap_type(static_cast<Word>(in_.peek().keyword))) {
            in_.take();
            return *heap;
        }
    in_.unexpected();
}

/// valtype* ")"
void ModuleParser::val_types_to_close(std::vector<ValType>& types)
{
    while (!in_.at(Token::Kind::Close))
        types.push_back(val_type());
    in_.close();
}

GlobalType ModuleParser::global_type()
{
    GlobalType type;
    type.is_mutable = in_.take_open_if(Word::Mut);
    type.value = val_type();
    if (type.is_mutable)
        in_.close();
    return type;
}

AddrType ModuleParser::addr_type_opt()
{
    if (in_.take_if(Word::I64))
        return AddrType::I64;
    if (in_.at(Word::F32) || in_.at(Word::F64))
        in_.refuse("malformed address type");
    in_.take_if(Word::I32);
    return AddrType::I32;
}

SizeLimits ModuleParser::limits(AddrType addr)
{
    SizeLimits limits{addr, in_.nat(64, "i64"), std::nullopt};
    if (in_.at(Token::Kind::Nat))
        limits.max = in_.nat(64, "i64");
    return limits;
}

TableType ModuleParser::table_type()
{
    TableType type;
    type.limits = limits(addr_type_opt());
    type.element = ref_type();
    return type;
}

MemoryType ModuleParser::memory_type()
{
    MemoryType type{.limits = limits(addr_type_opt())};
    shared_and_page_size(type);
    return type;
}

/// What proposals let stand behind the limits: "shared" of threads, and the size of a page.
void ModuleParser::shared_and_page_size(MemoryType& type)
{
    type.is_shared = has(Feature::Threads) && in_.take_if(Word::Shared);
    page_size_opt(type);
}

/// custom-page-sizes: (pagesize n)
void ModuleParser::page_size_opt(MemoryType& type)
{
    if (!in_.take_open_if(Word::PageSize))
        return;
    auto const at = in_.offset();
    auto const bytes = in_.nat(64, "i64");
    if (!std::has_single_bit(bytes))
        in_.refuse(at, "invalid custom page size");
    type.page_log2 = static_cast<std::uint8_t>(std::countr_zero(bytes));
    in_.close();
}

/// (param ...)* (result ...)*, and identifiers of parameters where they may stand
void ModuleParser::signature(Signature& s, bool with_ids)
{
    s.offset = in_.offset();
    while (in_.take_open_if(Word::Param)) {
        if (with_ids && in_.at(Token::Kind::Id)) {
            s.param_ids.resize(s.type.params.size());
            s.param_ids.emplace_back(in_.id(in_.take()));
            s.type.params.push_back(val_type());
            in_.close();
        } else {
            val_types_to_close(s.type.params);
        }
    }
    while (in_.take_open_if(Word::Result))
        val_types_to_close(s.type.results);
    if (in_.at_open(Word::Param))
        in_.unexpected(); // and not a type that does not match
}

std::optional<Index> ModuleParser::type_use_opt()
{
    if (!in_.take_open_if(Word::Type))
        return std::nullopt;
    auto const type = index(types_);
    in_.close();
    return type;
}

FuncType const* ModuleParser::func_type(Index type) const
{
    if (type >= m_.types.size() || m_.types[type].comp.kind != CompType::Kind::Func)
        return nullptr;
    return &m_.types[type].comp.func;
}

FuncType const& ModuleParser::known_func_type(Index type, std::uint32_t offset)
{
    if (auto const* const known = func_type(type))
        return *known;
    in_.refuse(offset,
        fmt::format("{} type {}", type < m_.types.size() ? "non-function" : "unknown", type));
}

Index ModuleParser::type_of(std::optional<Index> use, Signature const& s)
{
    if (!use)
        return implicit_type(s.type);
    auto const written = !s.type.params.empty() || !s.type.results.empty();
    if (written && known_func_type(*use, s.offset) != s.type)
        in_.refuse(s.offset, "inline function type does not match explicit type");
    return *use;
}

/// Equal for equal function types only.
static std::string shape(FuncType const& type)
{
    std::string key;
    auto add = [&key](ValType t) {
        key += static_cast<char>(t.kind);
        if (!t.is_ref())
            return;
        key += static_cast<char>(t.nullable);
        for (int shift = 0; shift < 32; shift += 8)
            key += static_cast<char>(t.heap.bits() >> shift & 0xFF);
    };
    std::ranges::for_each(type.params, add);
    key += '>';
    std::ranges::for_each(type.results, add);
    return key;
}

void ModuleParser::remember_type(Index type)
{
    auto const& sub = m_.types[type];
    if (sub.is_final && sub.supers.empty() && sub.comp.kind == CompType::Kind::Func)
        by_shape_.try_emplace(shape(sub.comp.func), type);
}

/// The first type that is just this function, or a new one at the end.
Index ModuleParser::implicit_type(FuncType const& type)
{
    auto const next = static_cast<Index>(m_.types.size());
    auto const [at, is_new] = by_shape_.try_emplace(shape(type), next);
    if (is_new) {
        SubType sub;
        sub.comp.func = type;
        m_.types.push_back(std::move(sub));
        m_.rec_groups.push_back({next, 1});
    }
    return at->second;
}

} // namespace touchstone::text
