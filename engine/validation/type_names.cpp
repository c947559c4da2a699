#include "engine/validation/type_names.hpp"

#include <fmt/format.h>

#include <string_view>

namespace touchstone {

static std::string_view abstract_name(AbsHeapType t)
{
    switch (t) {
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
    return "?";
}

std::string words(HeapType t)
{
    return t.is_abstract() ? std::string{abstract_name(t.abstract())} : std::to_string(t.index());
}

std::string words(ValType t)
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
    if (t == funcref || t == externref || t == anyref || t == exnref)
        return words(t.heap) + "ref";
    return fmt::format("(ref {}{})", t.nullable ? "null " : "", words(t.heap));
}

std::string words(std::span<ValType const> ts)
{
    constexpr std::size_t enough = 16;
    std::string text = "[";
    if (ts.size() > enough) {
        text += "... ";
        ts = ts.last(enough);
    }
    for (std::size_t i = 0; i < ts.size(); ++i) {
        if (i != 0)
            text += ' ';
        text += words(ts[i]);
    }
    return text + "]";
}

} // namespace touchstone
