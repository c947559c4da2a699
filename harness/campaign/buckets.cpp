#include "harness/campaign/buckets.hpp"

#include <algorithm>
#include <iterator>

namespace touchstone::campaign {

namespace {

void add_signature(Bucket& b, Signature const& s)
{
    if (std::ranges::find(b.signatures, s) == b.signatures.end())
        b.signatures.push_back(s);
}

void merge(Bucket& into, Bucket const& other)
{
    into.count += other.count;
    into.first_index = std::min(into.first_index, other.first_index);
    if (!into.instructions)
        into.instructions = other.instructions;
    into.folders.insert(into.folders.end(), other.folders.begin(), other.folders.end());
    for (auto const& s : other.signatures)
        add_signature(into, s);
}

} // namespace

void Buckets::found(
    Signature const& s, std::uint64_t index, std::string const& detail, bool to_be_located)
{
    auto at = std::ranges::find(kinds_, s, &Kind::signature);
    if (at == kinds_.end()) {
        kinds_.push_back({.signature = s, .first_index = index, .detail = detail});
        at = std::prev(kinds_.end());
    }
    ++at->count;
    if (to_be_located)
        awaited_[index] = {static_cast<std::size_t>(at - kinds_.begin()), detail};
}

std::size_t Buckets::bucket_of(
    Cause const& cause, Kind const& kind, std::uint64_t index, std::string const& detail)
{
    auto at = std::ranges::find(buckets_, cause, &Bucket::cause);
    if (at == buckets_.end()) {
        buckets_.push_back({.cause = cause,
            .signatures = {},
            .count = 0,
            .first_index = index,
            .detail = detail,
            .folders = {},
            .instructions = {}});
        at = std::prev(buckets_.end());
    }
    add_signature(*at, kind.signature);
    return static_cast<std::size_t>(at - buckets_.begin());
}

std::optional<Buckets::Settled> Buckets::settle(
    std::uint64_t index, std::optional<Location> const& l)
{
    auto const awaited = awaited_.extract(index);
    if (awaited.empty())
        return std::nullopt;
    auto& kind = kinds_[awaited.mapped().kind];
    auto const& detail = awaited.mapped().detail;
    ++kind.settled;
    auto const at = bucket_of(cause_of(kind.signature, l), kind, index, detail);
    auto const count = ++buckets_[at].count;
    return Settled{.bucket = at, .count = count, .signature = kind.signature, .detail = detail};
}

void Buckets::recorded(std::size_t bucket, std::string folder, std::optional<Cause> const& refined,
    std::optional<std::size_t> instructions)
{
    auto& b = buckets_[bucket];
    b.folders.push_back(std::move(folder));
    if (instructions)
        b.instructions = instructions;
    if (refined)
        refined_.emplace(bucket, *refined);
}

Buckets::Gathered Buckets::gather()
{
    Gathered gathered;
    for (auto& kind : kinds_) {
        if (kind.settled != 0) {
            gathered.unlocated += kind.count - kind.settled;
            continue;
        }
        auto const at =
            bucket_of(cause_of(kind.signature, std::nullopt), kind, kind.first_index, kind.detail);
        buckets_[at].count += kind.count;
        kind.settled = kind.count;
    }
    for (std::size_t i = 0; i < buckets_.size(); ++i) {
        auto bucket = buckets_[i];
        if (auto const r = refined_.find(i); r != refined_.end())
            bucket.cause = r->second;
        auto const same = std::ranges::find(gathered.buckets, bucket.cause, &Bucket::cause);
        if (same != gathered.buckets.end())
            merge(*same, bucket);
        else
            gathered.buckets.push_back(std::move(bucket));
    }
    return gathered;
}

} // namespace touchstone::campaign
