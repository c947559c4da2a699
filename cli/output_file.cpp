#include "cli/output_file.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include <unistd.h>

namespace touchstone::cli {

/// Writes everything to the disk's satisfaction; 0 or errno.
static int write_and_close(std::string_view bytes, std::FILE* to)
{
    auto error = 0;
    if (std::fwrite(bytes.data(), 1, bytes.size(), to) != bytes.size() || std::fflush(to) != 0)
        error = errno;
    if (std::fclose(to) != 0 && error == 0)
        error = errno;
    return error;
}

std::optional<Exit> write_output(std::string_view bytes, std::string const& file, Io io)
{
    auto const fail = [&](int error) {
        fmt::print(io.err, "touchstone: cannot write {}: {}\n", file, std::strerror(error));
        return error == ENOSPC || error == EIO ? Exit::Internal : Exit::Usage;
    };
    if (file == "-") {
        if (std::fwrite(bytes.data(), 1, bytes.size(), io.data) != bytes.size() ||
            std::fflush(io.data) != 0) {
            fmt::print(io.err, "touchstone: cannot write the output: {}\n", std::strerror(errno));
            return Exit::Internal;
        }
        return std::nullopt;
    }
    // what is there already and is no file (a device, a pipe) cannot be replaced
    std::error_code ignored;
    auto const status = std::filesystem::status(file, ignored);
    auto const replace = !std::filesystem::exists(status) || is_regular_file(status);
    auto const written = replace ? fmt::format("{}.{}.part", file, getpid()) : file;
    auto* const to = std::fopen(written.c_str(), "wbe");
    if (to == nullptr)
        return fail(errno);
    auto error = write_and_close(bytes, to);
    if (error == 0 && replace && std::rename(written.c_str(), file.c_str()) != 0)
        error = errno;
    if (error == 0)
        return std::nullopt;
    if (replace)
        std::remove(written.c_str());
    return fail(error);
}

} // namespace touchstone::cli
