#include "harness/minimize/minimize.hpp"

#include "engine/binary/decode.hpp"
#include "engine/binary/encode.hpp"
#include "harness/minimize/search.hpp"

#include <numeric>

namespace touchstone::minimize {

namespace {

/// A call of nothing is no reason for a divergence: whoever finds this interesting finds everything
/// so.
constexpr auto empty_is_interesting =
    "an empty case is interesting too: the predicate does not tell anything apart";

} // namespace

std::expected<Result, std::string> minimize(Case const& start, Interesting const& interesting,
    Budget const& budget, std::function<void(Case const&)> const& improved,
    std::function<bool(Progress const&)> const& go_on)
{
    if (interesting(start) != Trial::Interesting)
        return std::unexpected{"the case is not interesting: there is nothing to minimize"};
    if (interesting({.origin = start.origin, .modules = {}, .calls = {}}) == Trial::Interesting)
        return std::unexpected{empty_is_interesting};
    Search search{start, interesting, budget, improved, go_on};
    search.run();
    return search.take_result();
}

std::size_t instruction_count(Case const& c)
{
    return instruction_count(problem_of(c));
}

std::size_t module_bytes(Case const& c)
{
    return std::transform_reduce(c.modules.begin(), c.modules.end(), std::size_t{0}, std::plus{},
        [](CaseModule const& m) { return m.bytes.size(); });
}

std::size_t code_bytes(Case const& c)
{
    std::size_t bytes = 0;
    for (auto const& m : c.modules) {
        auto module = decode(m.bytes);
        if (!module || module->funcs.empty())
            continue;
        auto const with = encode(*module).size();
        for (auto& f : module->funcs) {
            f.locals.clear();
            f.body = {.instrs = {{.op = Opcode::End}}};
        }
        bytes += with - encode(*module).size();
    }
    return bytes;
}

} // namespace touchstone::minimize
