#include "engine/reference/interleaving.hpp"

#include <algorithm>
#include <system_error>
#include <utility>
#include <vector>

namespace touchstone::reference {

Interleaving::~Interleaving()
{
    for (std::size_t m = 1; m < members_.size(); ++m)
        join(m);
}

std::optional<std::size_t> Interleaving::start(std::function<void()> body)
{
    auto const self = members_.size();
    auto& member = members_.emplace_back();
    try {
        member.thread = std::thread{
            [this, self, &turn = member.turn, body = std::move(body)] { run(self, turn, body); }};
    } catch (std::system_error const&) {
        members_.pop_back();
        return std::nullopt;
    }
    ++live_;
    return self;
}

void Interleaving::run(
    std::size_t self, std::condition_variable& turn, std::function<void()> const& body)
{
    {
        std::unique_lock lock{mutex_}; // until then the members are others' to change
        turn.wait(lock, [&] { return current_ == self; });
    }
    body();
    members_[self].state = Member::State::Ended;
    --live_;
    for (auto& m : members_)
        if (m.state == Member::State::Joining && m.joined == self)
            m.state = Member::State::Ready;
    yield(self);
}

void Interleaving::join(std::size_t member)
{
    auto const self = current_;
    if (members_[member].state != Member::State::Ended) {
        members_[self].state = Member::State::Joining;
        members_[self].joined = member;
        yield(self);
    }
    if (members_[member].thread.joinable())
        members_[member].thread.join();
}

void Interleaving::pass()
{
    if (is_shared())
        yield(current_);
}

Interleaving::Woken Interleaving::wait(Spot spot, std::int64_t nanoseconds)
{
    auto& member = members_[current_];
    member.state = Member::State::Waiting;
    member.spot = spot;
    member.since = waits_++;
    member.deadline.reset();
    if (nanoseconds >= 0)
        member.deadline = now_ + static_cast<std::uint64_t>(nanoseconds);
    yield(current_);
    return member.woken;
}

std::uint32_t Interleaving::notify(Spot spot, std::uint32_t count)
{
    std::uint32_t woken = 0;
    for (; woken < count; ++woken) {
        Member* first = nullptr;
        for (auto& m : members_)
            if (m.state == Member::State::Waiting && m.spot == spot &&
                (first == nullptr || m.since < first->since))
                first = &m;
        if (first == nullptr)
            break;
        first->state = Member::State::Ready;
        first->woken = Woken::Notified;
    }
    return woken;
}

void Interleaving::yield(std::size_t self)
{
    ++now_;
    auto const next = choose();
    if (!next || *next == self) // there is none if the last one but the first has ended
        return;
    std::unique_lock lock{mutex_};
    current_ = *next;
    members_[*next].turn.notify_one();
    if (members_[self].state != Member::State::Ended)
        members_[self].turn.wait(lock, [&] { return current_ == self; });
}

std::optional<std::size_t> Interleaving::choose()
{
    wake_sleepers();
    std::vector<std::size_t> ready;
    for (std::size_t m = 0; m < members_.size(); ++m)
        if (members_[m].state == Member::State::Ready)
            ready.push_back(m);
    if (ready.empty())
        return std::nullopt;
    if (schedule_ == nullptr)
        return ready[random() % ready.size()];
    return ready[ready.size() == 1 ? 0 : schedule_->choose(ready.size())];
}

void Interleaving::wake_sleepers()
{
    using State = Member::State;
    auto const any = [this](auto has) { return std::ranges::any_of(members_, has); };
    auto const is_ready = [](Member const& m) { return m.state == State::Ready; };
    auto const sleeps = [](Member const& m) { return m.state == State::Waiting && m.deadline; };
    if (!any(is_ready)) {
        std::optional<std::uint64_t> first;
        for (auto const& m : members_)
            if (sleeps(m))
                first = std::min(first.value_or(*m.deadline), *m.deadline);
        now_ = std::max(now_, first.value_or(now_));
    }
    for (auto& m : members_)
        if (sleeps(m) && *m.deadline <= now_) {
            m.state = State::Ready;
            m.woken = Woken::TimedOut;
        }
    if (any(is_ready))
        return;
    for (auto& m : members_)
        if (m.state == State::Waiting) {
            m.state = State::Ready;
            m.woken = Woken::Never;
        }
}

/// splitmix64
std::uint64_t Interleaving::random()
{
    random_ += 0x9E37'79B9'7F4A'7C15;
    auto z = random_;
    z = (z ^ z >> 30) * 0xBF58'476D'1CE4'E5B9;
    z = (z ^ z >> 27) * 0x94D0'49BB'1331'11EB;
    return z ^ z >> 31;
}

} // namespace touchstone::reference
