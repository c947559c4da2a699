#include "oracles/rule_sums.hpp"

#include <new>

#include <sys/mman.h>

namespace touchstone {

namespace {

constexpr std::size_t rules = reference::rule_count;
constexpr std::size_t all = rules + op_table.size();

void move_to(std::atomic<std::uint64_t>& sum, std::uint64_t& count)
{
    if (count != 0)
        sum.fetch_add(count, std::memory_order_relaxed);
    count = 0;
}

} // namespace

RuleSums::RuleSums()
{
    auto* const at =
        mmap(nullptr, all * sizeof(Sum), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (at == MAP_FAILED)
        throw std::bad_alloc{};
    auto* const first = static_cast<Sum*>(at);
    for (std::size_t i = 0; i < all; ++i)
        new (first + i) Sum{0};
    sums_ = {first, all};
}

RuleSums::~RuleSums()
{
    munmap(sums_.data(), sums_.size_bytes());
}

void RuleSums::take(reference::RuleCounts& counts)
{
    for (std::size_t i = 0; i < rules; ++i)
        move_to(sums_[i], counts.rules[i]);
    for (std::size_t i = rules; i < all; ++i)
        move_to(sums_[i], counts.instructions[i - rules]);
}

reference::RuleCounts RuleSums::read() const
{
    reference::RuleCounts counts;
    for (std::size_t i = 0; i < rules; ++i)
        counts.rules[i] = sums_[i].load(std::memory_order_relaxed);
    for (std::size_t i = rules; i < all; ++i)
        counts.instructions[i - rules] = sums_[i].load(std::memory_order_relaxed);
    return counts;
}

} // namespace touchstone
