// Any bytes: the parsers answer, and a module that they accept survives printing.
#include "engine/text/parse.hpp"
#include "engine/text/print.hpp"
#include "engine/text/script.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

namespace {

using namespace touchstone;

void check(Module const& m)
{
    auto const text = print(m);
    auto const again = parse_module(text);
    if (!again || *again != m || print(*again) != text)
        std::abort();
    for (auto const& f : m.funcs)
        for (auto const& i : f.body.instrs)
            if (print(f.body, i).empty())
                std::abort();
}

void check(Error const& error, std::size_t size)
{
    if (error.message.empty() || error.offset > size || error.line == 0 || error.column == 0)
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    std::string const text{data, data + size};
    if (auto const m = parse_module(text))
        check(*m);
    else
        check(m.error(), size);

    auto const script = parse_script(text);
    if (!script) {
        check(script.error(), size);
        return 0;
    }
    for (auto const& command : script->commands)
        if (auto const* const m = std::get_if<script::ModuleCommand>(&command.what))
            check(m->module.module);
    return 0;
}
