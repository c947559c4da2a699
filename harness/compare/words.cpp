#include "harness/compare/words.hpp"

#include <fmt/format.h>

#include <bit>

namespace touchstone::compare_words {

namespace {

std::string describe_reference(Value const& v)
{
    auto const wrapped = v.is_extern ? "extern " : "";
    switch (v.ref) {
    case RefKind::Null: return "ref null";
    case RefKind::Func:
        return fmt::format("ref {}func {}:{}", wrapped, v.lo >> 32, v.lo & 0xFFFF'FFFF);
    case RefKind::Host: return fmt::format("ref {}host {}", wrapped, v.lo);
    case RefKind::I31: return fmt::format("ref {}i31 {:#x}", wrapped, v.lo);
    case RefKind::Struct: return fmt::format("ref {}struct", wrapped);
    case RefKind::Array: return fmt::format("ref {}array", wrapped);
    case RefKind::Exn: return fmt::format("ref {}exn", wrapped);
    }
    return "ref";
}

} // namespace

std::string describe(Value const& v)
{
    switch (v.kind) {
    case ValType::Kind::I32: return fmt::format("i32 {}", static_cast<std::int32_t>(v.lo));
    case ValType::Kind::I64: return fmt::format("i64 {}", static_cast<std::int64_t>(v.lo));
    case ValType::Kind::F32:
    {
        auto const bits = static_cast<std::uint32_t>(v.lo);
        return fmt::format("f32 {:#010x} ({})", bits, std::bit_cast<float>(bits));
    }
    case ValType::Kind::F64:
        return fmt::format("f64 {:#018x} ({})", v.lo, std::bit_cast<double>(v.lo));
    case ValType::Kind::V128: return fmt::format("v128 0x{:016x}{:016x}", v.hi, v.lo);
    case ValType::Kind::Ref: return describe_reference(v);
    case ValType::Kind::Bot: break;
    }
    return "nothing";
}

std::string describe(std::span<Value const> values)
{
    if (values.size() == 1)
        return describe(values.front());
    std::string text = "(";
    for (auto const& v : values) {
        if (text.size() > 1)
            text += ", ";
        text += describe(v);
    }
    return text + ")";
}

std::string describe(TrapSet traps)
{
    if (traps == TrapSet::any())
        return "any trap";
    std::string text;
    for (std::size_t i = 0; i < trap_count; ++i) {
        auto const trap = static_cast<Trap>(i);
        if (!traps.has(trap))
            continue;
        if (!text.empty())
            text += " or ";
        text += message(trap);
    }
    return text.empty() ? "no known trap" : text;
}

std::string describe(CallObservation const& o)
{
    std::string text{name(o.end)};
    switch (o.end) {
    case End::Returned:
    case End::Threw:
        if (!o.values.empty())
            text += ' ' + describe(o.values);
        return text;
    case End::Trapped: return text + ": " + describe(o.traps);
    case End::Exhausted:
        if (o.limit)
            text.append(": ").append(name(*o.limit));
        return text;
    case End::Unsupported:
        if (o.feature)
            text.append(": ").append(name(*o.feature));
        return text;
    default:
        if (!o.detail.empty())
            text += ": " + o.detail;
        return text;
    }
}

} // namespace touchstone::compare_words
