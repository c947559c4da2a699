#include "harness/script/exploration.hpp"

namespace touchstone::script {

std::size_t Exploration::choose(std::size_t ready)
{
    auto const now = made_++;
    if (now >= deepest) {
        is_partial_ = true;
        return now % ready;
    }
    if (now == path_.size())
        path_.push_back({.taken = 0, .ready = ready});
    return path_[now].taken;
}

bool Exploration::next()
{
    made_ = 0;
    while (!path_.empty() && path_.back().taken + 1 == path_.back().ready)
        path_.pop_back();
    if (path_.empty())
        return false;
    ++path_.back().taken;
    return true;
}

} // namespace touchstone::script
