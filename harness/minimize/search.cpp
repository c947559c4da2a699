#include "harness/minimize/search.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <bit>

namespace touchstone::minimize {

namespace {

std::uint64_t digest_of(Case const& c)
{
    auto h = std::uint64_t{c.modules.size()};
    auto const add = [&h](void const* data, std::size_t size) {
        h = XXH3_64bits_withSeed(data, size, h + size);
    };
    for (auto const& m : c.modules) {
        add(m.name.data(), m.name.size());
        add(m.bytes.data(), m.bytes.size());
    }
    for (auto const& call : c.calls) {
        add(&call.module, sizeof call.module);
        add(call.function.data(), call.function.size());
        for (auto const& v : call.args) {
            add(&v.lo, sizeof v.lo);
            add(&v.hi, sizeof v.hi);
        }
    }
    return h;
}

} // namespace

Search::Search(Case const& start, Interesting const& interesting, Budget const& budget,
    std::function<void(Case const&)> const& improved,
    std::function<bool(Progress const&)> const& go_on)
    : interesting_{interesting},
      budget_{budget},
      improved_{improved},
      go_on_{go_on},
      best_{problem_of(start)},
      cost_{cost_of(best_)},
      instructions_{instruction_count(best_)},
      bytes_{module_bytes(start)}
{
    result_.best = start;
}

void Search::run()
{
    for (;;) {
        auto const accepted = result_.accepted;
        for (auto const& pass : passes()) {
            run_pass(pass);
            if (over())
                return;
        }
        if (result_.accepted == accepted)
            break;
    }
    result_.complete = true;
}

Result Search::take_result()
{
    result_.seconds = seconds();
    return std::move(result_);
}

/// Half of the places at once, a quarter ..., each alone.
void Search::run_pass(Pass const& pass)
{
    auto places = pass.places(best_);
    auto chunk = pass.many ? std::bit_floor(places.size()) : 1;
    for (; chunk > 0 && !over(); chunk /= 2)
        run_chunks(pass, places, chunk);
}

/// After a candidate was taken the places are named anew, and those at the same position come next.
bool Search::run_chunks(Pass const& pass, std::vector<Place>& places, std::size_t chunk)
{
    bool any = false;
    for (std::size_t at = 0; at < places.size() && !over();) {
        auto const n = std::min(chunk, places.size() - at);
        if (attempt(pass.reduce(best_, std::span{places}.subspan(at, n)))) {
            places = pass.places(best_);
            any = true;
        } else
            at += n;
    }
    return any;
}

bool Search::attempt(std::optional<Problem> candidate)
{
    // most candidates that do not cost less are known before they are encoded
    if (!candidate || cost_of(*candidate) >= cost_ || !settle(*candidate))
        return false;
    auto const cost = cost_of(*candidate);
    auto c = case_of(*candidate);
    if (cost >= cost_ || !is_new(c))
        return false;
    ++result_.tries;
    auto const trial = interesting_(c);
    result_.slipped += trial == Trial::Slipped ? 1 : 0;
    if (trial != Trial::Interesting)
        return false;
    ++result_.accepted;
    best_ = *std::move(candidate);
    cost_ = cost;
    instructions_ = instruction_count(best_);
    bytes_ = module_bytes(c);
    result_.best = std::move(c);
    improved_(result_.best);
    return true;
}

bool Search::is_new(Case const& c)
{
    return tried_.insert(digest_of(c)).second;
}

bool Search::over()
{
    ended_ = ended_ || result_.tries >= budget_.tries || seconds() >= budget_.seconds ||
             (go_on_ && !go_on_({.tries = result_.tries,
                            .accepted = result_.accepted,
                            .instructions = instructions_,
                            .bytes = bytes_}));
    return ended_;
}

double Search::seconds() const
{
    return std::chrono::duration<double>(Clock::now() - start_).count();
}

} // namespace touchstone::minimize
