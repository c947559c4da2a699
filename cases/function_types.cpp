#include "cases/function_types.hpp"

namespace touchstone {

namespace {

FuncType const* func_type(Module const& m, Index type)
{
    if (type >= m.types.size() || m.types[type].comp.kind != CompType::Kind::Func)
        return nullptr;
    return &m.types[type].comp.func;
}

} // namespace

FuncType const* type_of_function(Module const& m, Index function)
{
    for (auto const& i : m.imports) {
        if (i.type.kind != ExternKind::Func)
            continue;
        if (function == 0)
            return func_type(m, i.type.func);
        --function;
    }
    return function < m.funcs.size() ? func_type(m, m.funcs[function].type) : nullptr;
}

FuncType const* type_of_export(Module const& m, std::string_view name)
{
    for (auto const& e : m.exports)
        if (e.kind == ExternKind::Func && e.name == name)
            return type_of_function(m, e.index);
    return nullptr;
}

} // namespace touchstone
