#pragma once
// Findings of a campaign, gathered into buckets: one a cause.

#include "harness/campaign/cause.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace touchstone::campaign {

struct Bucket
{
    Cause cause;
    std::vector<Signature> signatures; ///< what its findings looked like from outside
    std::uint64_t count = 0;           ///< findings that were traced to this cause
    std::uint64_t first_index = 0;
    std::string detail; ///< what differed in the first one
    std::vector<std::string> folders;
    std::optional<std::size_t>
        instructions; ///< of the minimized case, which is in the first folder
};

/// Takes findings as they are found and again as they are located, which is later or never.
class Buckets
{
public:
    /// A finding; `to_be_located`: its cause will be told.
    void found(
        Signature const& s, std::uint64_t index, std::string const& detail, bool to_be_located);

    /// Whether a finding's cause is awaited.
    [[nodiscard]] bool awaits(std::uint64_t index) const { return awaited_.contains(index); }

    /// The cause of a finding that was awaited; nothing where it could not be located. Gives the
    /// bucket, and how many findings it has now.
    struct Settled
    {
        std::size_t bucket = 0;
        std::uint64_t count = 0;
        Signature signature;
        std::string detail;
    };
    std::optional<Settled> settle(std::uint64_t index, std::optional<Location> const& l);

    /// A sample was written; the cause as the minimized case shows it.
    void recorded(std::size_t bucket, std::string folder, std::optional<Cause> const& refined,
        std::optional<std::size_t> instructions);

    [[nodiscard]] std::vector<Bucket> const& all() const { return buckets_; }
    [[nodiscard]] bool has_folder(std::size_t bucket) const
    {
        return !buckets_[bucket].folders.empty();
    }

    struct Gathered
    {
        std::vector<Bucket> buckets; ///< those with one cause made one
        std::uint64_t unlocated = 0; ///< findings whose kind has buckets, but not traced themselves
    };
    [[nodiscard]] Gathered gather();

private:
    struct Awaited
    {
        std::size_t kind = 0;
        std::string detail;
    };
    /// Findings that look alike from outside.
    struct Kind
    {
        Signature signature;
        std::uint64_t count = 0;
        std::uint64_t settled = 0;
        std::uint64_t first_index = 0;
        std::string detail;
    };

    std::size_t bucket_of(
        Cause const& cause, Kind const& kind, std::uint64_t index, std::string const& detail);

    std::vector<Kind> kinds_;
    std::map<std::uint64_t, Awaited> awaited_;
    std::vector<Bucket> buckets_;
    std::map<std::size_t, Cause> refined_; ///< by bucket
};

} // namespace touchstone::campaign
