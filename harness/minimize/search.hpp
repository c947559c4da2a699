#pragma once
// The engine of reduction: which places of which pass are tried, and what is kept.

#include "harness/minimize/minimize.hpp"
#include "harness/minimize/pass.hpp"

#include <chrono>
#include <set>

namespace touchstone::minimize {

class Search
{
public:
    /// All outlive it.
    Search(Case const& start, Interesting const& interesting, Budget const& budget,
        std::function<void(Case const&)> const& improved,
        std::function<bool(Progress const&)> const& go_on);

    /// Rounds of all passes until one changes nothing.
    void run();
    [[nodiscard]] Result take_result();

private:
    using Clock = std::chrono::steady_clock;

    void run_pass(Pass const& pass);
    bool run_chunks(Pass const& pass, std::vector<Place>& places, std::size_t chunk);
    [[nodiscard]] bool attempt(std::optional<Problem> candidate);
    [[nodiscard]] bool is_new(Case const& c);
    [[nodiscard]] bool over();
    [[nodiscard]] double seconds() const;

    Interesting const& interesting_;
    Budget const& budget_;
    std::function<void(Case const&)> const& improved_;
    std::function<bool(Progress const&)> const& go_on_;
    Clock::time_point start_ = Clock::now();
    Problem best_;
    Cost cost_;
    Result result_;
    std::size_t instructions_ = 0;
    std::size_t bytes_ = 0;
    bool ended_ = false;
    std::set<std::uint64_t> tried_; ///< by digest
};

} // namespace touchstone::minimize
