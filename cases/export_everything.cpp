#include "cases/export_everything.hpp"

#include <set>
#include <string>
#include <string_view>

namespace touchstone {

static std::string fresh_name(std::string_view kind, Index index, std::set<std::string>& taken)
{
    auto name = "touchstone:" + std::string{kind} + ":" + std::to_string(index);
    while (!taken.insert(name).second)
        name += '\'';
    return name;
}

Module export_everything(Module m)
{
    std::set<std::string> taken;
    for (auto const& e : m.exports)
        taken.insert(e.name);
    auto const export_all = [&](ExternKind kind, std::string_view text, std::size_t defined) {
        auto const count = count_imports(m, kind) + static_cast<Index>(defined);
        std::vector<bool> exported(count);
        for (auto const& e : m.exports)
            if (e.kind == kind)
                exported[e.index] = true;
        for (Index i = 0; i < count; ++i)
            if (!exported[i])
                m.exports.push_back({.name = fresh_name(text, i, taken), .kind = kind, .index = i});
    };
    export_all(ExternKind::Func, "func", m.funcs.size());
    export_all(ExternKind::Table, "table", m.tables.size());
    export_all(ExternKind::Memory, "memory", m.memories.size());
    export_all(ExternKind::Global, "global", m.globals.size());
    export_all(ExternKind::Tag, "tag", m.tags.size());
    return m;
}

} // namespace touchstone
