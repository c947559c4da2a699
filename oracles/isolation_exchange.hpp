#pragma once
// What an isolated oracle's three processes share: memory for cases and answers, and the words on
// their sockets.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <new>
#include <span>
#include <string>
#include <type_traits>

namespace touchstone::isolation {

/// A descriptor that is closed with it.
class Descriptor
{
public:
    Descriptor() = default;
    explicit Descriptor(int fd) : fd_{fd} {}
    Descriptor(Descriptor&& other) noexcept : fd_{other.release()} {}
    Descriptor& operator=(Descriptor&& other) noexcept;
    Descriptor(Descriptor const&) = delete;
    Descriptor& operator=(Descriptor const&) = delete;
    ~Descriptor() { reset(); }

    [[nodiscard]] int get() const { return fd_; }
    [[nodiscard]] int release();
    void reset();
    explicit operator bool() const { return fd_ >= 0; }

private:
    int fd_ = -1;
};

/// How far the child is, for the parent to read at any moment and after the child's death.
struct Progress
{
    static constexpr std::uint32_t none = ~std::uint32_t{0};

    std::atomic<std::uint32_t> current{none}; ///< which request of the batch is being served
    std::atomic<std::uint64_t> started{0};    ///< when that began, steady_clock's nanoseconds
    std::atomic<std::uint32_t> finished{0};   ///< requests answered
    std::atomic<std::uint64_t> answered{0};   ///< bytes of their answers
    std::atomic<std::uint32_t> steps{0};      ///< of the current request, behind the answers
    std::atomic<std::uint32_t> out_of_memory{0};
};

/// Shared memory: progress, a batch of requests, and the answers. Pages that were never written
/// cost nothing, so that it can be large.
class Exchange
{
public:
    explicit Exchange(std::size_t half);
    Exchange(Exchange const&) = delete;
    Exchange& operator=(Exchange const&) = delete;
    ~Exchange();

    [[nodiscard]] bool usable() const { return memory_ != nullptr; }
    [[nodiscard]] Progress& progress() const;
    [[nodiscard]] std::span<std::uint8_t> requests() const;
    [[nodiscard]] std::span<std::uint8_t> answers() const;
    /// Gives pages back after something large.
    void shrink();

private:
    std::size_t half_;
    Descriptor file_;
    std::uint8_t* memory_ = nullptr;
};

enum class Word : std::uint32_t
{
    // parent to server
    Fork,
    Kill,
    // server to parent
    Ready,   ///< value: bytes of the oracle's description in the answers
    Failed,  ///< value: bytes of the reason there
    Forked,  ///< value: the child's process id
    Died,    ///< value: wait status
             // parent to child
    Batch,   ///< value: how many requests
    Session, ///< one request to the session
             // child to parent
    Answered,
};

/// One datagram of either socket.
struct Message
{
    Word word{};
    std::uint32_t value = 0;
};
static_assert(std::is_trivially_copyable_v<Message>);

/// False if nobody is there any more.
[[nodiscard]] bool send(int socket, Message m);
[[nodiscard]] bool receive(int socket, Message& m);

/// steady_clock's nanoseconds.
[[nodiscard]] std::uint64_t now();

} // namespace touchstone::isolation
