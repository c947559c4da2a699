#include "cases/bytes_on_disk.hpp"

#include <fmt/format.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <system_error>
#include <unistd.h>

namespace touchstone {

namespace {

namespace fs = std::filesystem;

struct Close
{
    void operator()(std::FILE* f) const { (void)std::fclose(f); }
};
using File = std::unique_ptr<std::FILE, Close>;

std::unexpected<std::string> failure(fs::path const& path, char const* what, int code)
{
    return std::unexpected{fmt::format(
        "{}: cannot {}: {}", path.string(), what, std::generic_category().message(code))};
}

/// A name that no other writer of this machine has.
fs::path beside(fs::path const& path)
{
    static std::atomic<unsigned> count = 0;
    auto name = path;
    name += fmt::format(".{}-{}.part", ::getpid(), count++);
    return name;
}

/// 0, or errno.
int write_to(fs::path const& path, std::span<std::uint8_t const> bytes)
{
    File file{std::fopen(path.c_str(), "wb")};
    if (!file)
        return errno;
    if (std::fwrite(bytes.data(), 1, bytes.size(), file.get()) != bytes.size())
        return errno;
    return std::fclose(file.release()) == 0 ? 0 : errno;
}

} // namespace

std::expected<std::vector<std::uint8_t>, std::string> read_bytes(fs::path const& path)
{
    std::error_code code;
    if (fs::is_directory(path, code))
        return failure(path, "read", EISDIR);
    File const file{std::fopen(path.c_str(), "rb")};
    if (!file)
        return failure(path, "open", errno);
    std::vector<std::uint8_t> bytes;
    if (auto const size = fs::file_size(path, code); !code)
        bytes.reserve(size);
    std::array<std::uint8_t, 65'536> block{};
    for (auto n = block.size(); n == block.size();) { // less is the end, or an error
        n = std::fread(block.data(), 1, block.size(), file.get());
        bytes.insert(bytes.end(), block.begin(), block.begin() + static_cast<std::ptrdiff_t>(n));
    }
    if (std::ferror(file.get()) != 0)
        return failure(path, "read", errno);
    return bytes;
}

std::expected<void, std::string> write_bytes(
    fs::path const& path, std::span<std::uint8_t const> bytes)
{
    auto const part = beside(path);
    if (auto const error = write_to(part, bytes); error != 0) {
        std::error_code ignored;
        fs::remove(part, ignored);
        return failure(path, "write", error);
    }
    std::error_code code;
    fs::rename(part, path, code);
    if (code) {
        std::error_code ignored;
        fs::remove(part, ignored);
        return failure(path, "rename the new file to", code.value());
    }
    return {};
}

} // namespace touchstone
