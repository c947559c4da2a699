#include "harness/minimize/output.hpp"

#include "cases/bytes_on_disk.hpp"
#include "cases/file.hpp"
#include "engine/binary/decode.hpp"
#include "engine/text/print.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include <fcntl.h>

namespace touchstone::minimize {

namespace fs = std::filesystem;

namespace {

/// "a/b/" as "a/b".
fs::path without_slash(fs::path const& where)
{
    auto const normal = where.lexically_normal();
    return normal.has_filename() ? normal : normal.parent_path();
}

std::unexpected<std::string> cannot_write(fs::path const& where, std::string_view why)
{
    return std::unexpected{fmt::format("cannot write {}: {}", where.string(), why)};
}

} // namespace

BestFolder::BestFolder(fs::path const& where) : where_{without_slash(where)}
{}

fs::path BestFolder::beside() const
{
    return where_.parent_path() / ("." + where_.filename().string() + ".new");
}

std::expected<void, std::string> BestFolder::check() const
{
    std::error_code error;
    if (fs::exists(where_, error) &&
        !(fs::is_directory(where_, error) &&
            (fs::is_empty(where_, error) || fs::exists(where_ / "case.json", error))))
        return std::unexpected{
            fmt::format("{} is there and holds no case: it is not replaced", where_.string())};
    fs::create_directories(beside(), error);
    if (error)
        return cannot_write(beside(), error.message());
    fs::remove_all(beside(), error);
    return {};
}

std::expected<void, std::string> BestFolder::write(Case const& c) const
{
    std::error_code error;
    fs::remove_all(beside(), error);
    if (auto saved = save_case(c, beside()); !saved)
        return saved;
    for (std::size_t i = 0; i < c.modules.size(); ++i) {
        auto const m = decode(c.modules[i].bytes);
        if (!m)
            continue;
        auto const text = print(*m);
        auto const written = write_bytes(beside() / fmt::format("{}.wat", i),
            {reinterpret_cast<std::uint8_t const*>(text.data()), text.size()});
        if (!written)
            return written;
    }
    return take_place();
}

std::expected<void, std::string> BestFolder::write(
    campaign::Finding const& f, campaign::Panel const& panel) const
{
    std::error_code error;
    fs::remove_all(beside(), error);
    if (auto written = campaign::write_finding(f, panel, beside()); !written)
        return written;
    return take_place();
}

/// Where the file system can, the two change places at once.
std::expected<void, std::string> BestFolder::take_place() const
{
    std::error_code error;
    auto const is_there = fs::exists(where_, error);
    if (is_there &&
        renameat2(AT_FDCWD, beside().c_str(), AT_FDCWD, where_.c_str(), RENAME_EXCHANGE) == 0) {
        fs::remove_all(beside(), error);
        return {};
    }
    if (is_there)
        fs::remove_all(where_, error);
    fs::rename(beside(), where_, error);
    if (error)
        return cannot_write(where_, error.message());
    return {};
}

} // namespace touchstone::minimize
