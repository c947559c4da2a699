#include "cases/bare_module.hpp"

#include "cases/function_types.hpp"
#include "engine/binary/decode.hpp"

#include <optional>

namespace touchstone {

namespace {

std::optional<Value> zero_of(ValType type)
{
    if (!type.is_ref())
        return Value{.kind = type.kind};
    if (type.nullable)
        return Value::null_ref();
    if (!type.heap.is_abstract())
        return std::nullopt;
    switch (type.heap.abstract()) {
    case AbsHeapType::Extern: return Value::host_extern(0);
    case AbsHeapType::Any:
    case AbsHeapType::Eq:
    case AbsHeapType::I31: return Value::reference(RefKind::I31, 0);
    default: return std::nullopt;
    }
}

std::optional<std::vector<Value>> zeros_for(FuncType const& type)
{
    std::vector<Value> args;
    for (auto const t : type.params) {
        auto const zero = zero_of(t);
        if (!zero)
            return std::nullopt;
        args.push_back(*zero);
    }
    return args;
}

} // namespace

Case case_of_module(std::vector<std::uint8_t> bytes, std::string origin)
{
    Case c{.origin = std::move(origin)};
    if (auto const m = decode(bytes))
        for (auto const& e : m->exports)
            if (e.kind == ExternKind::Func)
                if (auto const* const type = type_of_function(*m, e.index))
                    if (auto args = zeros_for(*type))
                        c.calls.push_back({.function = e.name, .args = *std::move(args)});
    c.modules.push_back({.name = "m", .bytes = std::move(bytes)});
    return c;
}

} // namespace touchstone
