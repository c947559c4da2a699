#include "oracles/isolation_exchange.hpp"

#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <utility>

namespace touchstone::isolation {

static constexpr std::size_t progress_bytes = 4'096;
static_assert(sizeof(Progress) <= progress_bytes);
static_assert(std::atomic<std::uint64_t>::is_always_lock_free, "it is shared between processes");

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept
{
    if (this != &other) {
        reset();
        fd_ = other.release();
    }
    return *this;
}

int Descriptor::release()
{
    return std::exchange(fd_, -1);
}

void Descriptor::reset()
{
    if (auto const fd = release(); fd >= 0)
        close(fd);
}

Exchange::Exchange(std::size_t half)
    : half_{half}, file_{memfd_create("touchstone-exchange", MFD_CLOEXEC)}
{
    auto const size = progress_bytes + 2 * half;
    if (!file_ || ftruncate(file_.get(), static_cast<off_t>(size)) != 0)
        return;
    auto* const at =
        mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_NORESERVE, file_.get(), 0);
    if (at == MAP_FAILED)
        return;
    memory_ = static_cast<std::uint8_t*>(at);
    new (memory_) Progress;
}

Exchange::~Exchange()
{
    if (memory_ != nullptr)
        munmap(memory_, progress_bytes + 2 * half_);
}

Progress& Exchange::progress() const
{
    return *std::launder(reinterpret_cast<Progress*>(memory_));
}

std::span<std::uint8_t> Exchange::requests() const
{
    return {memory_ + progress_bytes, half_};
}

std::span<std::uint8_t> Exchange::answers() const
{
    return {memory_ + progress_bytes + half_, half_};
}

void Exchange::shrink()
{
    madvise(memory_ + progress_bytes, 2 * half_, MADV_REMOVE);
}

bool send(int socket, Message m)
{
    for (;;) {
        auto const n = ::send(socket, &m, sizeof m, MSG_NOSIGNAL);
        if (n >= 0 || errno != EINTR)
            return n == sizeof m;
    }
}

bool receive(int socket, Message& m)
{
    for (;;) {
        auto const n = recv(socket, &m, sizeof m, 0);
        if (n >= 0 || errno != EINTR)
            return n == sizeof m;
    }
}

std::uint64_t now()
{
    return static_cast<std::uint64_t>(
        std::chrono::nanoseconds{std::chrono::steady_clock::now().time_since_epoch()}.count());
}

} // namespace touchstone::isolation
