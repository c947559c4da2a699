#pragma once
// The folder in which the best case so far stands, whole at any moment.

#include "cases/case.hpp"
#include "harness/campaign/finding.hpp"

#include <expected>
#include <filesystem>
#include <string>

namespace touchstone::minimize {

class BestFolder
{
public:
    explicit BestFolder(std::filesystem::path const& where);

    /// Whether it may be written: it is not there, is empty, or holds a case. Told before the work,
    /// not after it.
    [[nodiscard]] std::expected<void, std::string> check() const;
    /// case.json, the modules and their text. A reader sees the old folder or this one.
    [[nodiscard]] std::expected<void, std::string> write(Case const& c) const;
    /// The same with all that a finding's folder has.
    [[nodiscard]] std::expected<void, std::string> write(
        campaign::Finding const& f, campaign::Panel const& panel) const;

    [[nodiscard]] std::filesystem::path const& where() const { return where_; }

private:
    [[nodiscard]] std::filesystem::path beside() const;
    [[nodiscard]] std::expected<void, std::string> take_place() const;

    std::filesystem::path where_;
};

} // namespace touchstone::minimize
