#pragma once
// Whole files, read and written; errors are words with the file's name in them.

#include <cstdint>
#include <expected>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace touchstone {

[[nodiscard]] std::expected<std::vector<std::uint8_t>, std::string> read_bytes(
    std::filesystem::path const& path);

/// Beside it first, then renamed: a reader sees the old file or the new one.
[[nodiscard]] std::expected<void, std::string> write_bytes(
    std::filesystem::path const& path, std::span<std::uint8_t const> bytes);

} // namespace touchstone
