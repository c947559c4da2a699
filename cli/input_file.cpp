#include "cli/input_file.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>

namespace touchstone::cli {

std::expected<std::string, std::string> read_file(std::string const& path, std::uint64_t limit)
{
    auto const refuse = [&](std::string_view why) {
        return std::unexpected{fmt::format("{}: {}", path, why)};
    };
    std::error_code error;
    auto const is_stdin = path == "-";
    if (!is_stdin && std::filesystem::is_directory(path, error))
        return refuse("is a folder");
    auto const close = [](std::FILE* f) {
        if (f != stdin)
            std::fclose(f);
    };
    auto const file = std::unique_ptr<std::FILE, decltype(close)>{
        is_stdin ? stdin : std::fopen(path.c_str(), "rbe")};
    if (!file)
        return refuse(std::strerror(errno));

    std::string bytes;
    if (auto const size = std::filesystem::file_size(path, error); !is_stdin && !error) {
        if (size > limit)
            return refuse(fmt::format("has {} bytes, more than {} are not read", size, limit));
        bytes.reserve(static_cast<std::size_t>(size));
    }
    std::array<char, 65'536> buffer;
    for (auto n = buffer.size(); n == buffer.size();) { // less is the end, or an error
        n = std::fread(buffer.data(), 1, buffer.size(), file.get());
        if (bytes.size() + n > limit)
            return refuse(fmt::format("has more than {} bytes", limit));
        bytes.append(buffer.data(), n);
    }
    if (std::ferror(file.get()) != 0)
        return refuse(std::strerror(errno));
    return bytes;
}

bool is_binary(std::string_view bytes)
{
    return bytes.empty() || bytes.find('\0') < 64;
}

} // namespace touchstone::cli
