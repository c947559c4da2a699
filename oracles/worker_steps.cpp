#include "oracles/worker_steps.hpp"

#include "oracles/base64.hpp"
#include "oracles/store_digest.hpp"
#include "oracles/worker_values.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>

namespace touchstone {

using Json = nlohmann::json;

static constexpr std::uint64_t most_pages = 65'536;
static constexpr std::uint64_t most_elements = 10'000'000;

static std::string_view text_of(Json const& j)
{
    return j.get_ref<std::string const&>();
}

static Value read_value(Json const& j, bool& is_unknown)
{
    auto const v = worker_value(text_of(j), is_unknown);
    if (!v)
        throw ProtocolError{fmt::format("{} is no value", j.dump())};
    return *v;
}

static End read_end(Json const& j)
{
    auto const at = std::ranges::find(end_names, text_of(j));
    if (at == end_names.end())
        throw ProtocolError{fmt::format("{} is no end of a step", j.dump())};
    return static_cast<End>(at - end_names.begin());
}

static TrapSet read_traps(Json const& j)
{
    std::uint32_t bits = 0;
    for (auto const& text : j) {
        auto const at = std::ranges::find(trap_messages, text_of(text));
        if (at == trap_messages.end())
            throw ProtocolError{fmt::format("{} is no trap", text.dump())};
        bits |= 1U << static_cast<unsigned>(at - trap_messages.begin());
    }
    return TrapSet::from_bits(bits);
}

static Extent read_memory(Json const& j)
{
    auto const pages = j.at("pages").get<std::uint64_t>();
    if (pages > most_pages)
        throw ProtocolError{fmt::format("a memory of {} pages", pages)};
    std::vector<std::uint8_t> bytes(pages * page_size);
    for (auto const& run : j.at("data")) {
        auto const offset = run.at(0).get<std::uint64_t>();
        auto const data = from_base64(text_of(run.at(1)));
        if (!data || offset > bytes.size() || data->size() > bytes.size() - offset)
            throw ProtocolError{
                fmt::format("data at {} that is no base64, or not in the memory", offset)};
        std::ranges::copy(*data, bytes.begin() + static_cast<std::ptrdiff_t>(offset));
    }
    return {pages, digest_bytes(bytes)};
}

/// Objects are numbered by their first appearance in the table.
static std::optional<Extent> read_table(Json const& j)
{
    auto const size = j.at("size").get<std::uint64_t>();
    if (size > most_elements)
        throw ProtocolError{fmt::format("a table of {} elements", size)};
    std::vector<Value> elements(size, Value::null_ref());
    std::map<std::pair<RefKind, std::uint64_t>, std::uint64_t> objects;
    bool is_unknown = false;
    for (auto const& element : j.at("elements")) {
        auto const at = element.at(0).get<std::uint64_t>();
        if (at >= size)
            throw ProtocolError{fmt::format("element {} of a table of {}", at, size)};
        auto v = read_value(element.at(1), is_unknown);
        if (v.ref == RefKind::Struct || v.ref == RefKind::Array || v.ref == RefKind::Exn)
            v.lo = objects.try_emplace({v.ref, v.lo}, objects.size()).first->second;
        elements[at] = v;
    }
    if (is_unknown)
        return std::nullopt;
    return Extent{size, digest_values(elements)};
}

/// A list that is not as long as the index space says nothing of which entry is which.
static void check_length(char const* key, std::size_t length, std::optional<std::size_t> expected)
{
    if (expected && length != *expected)
        throw ProtocolError{
            fmt::format("{} has {} entries, and there are {}", key, length, *expected)};
}

static std::optional<std::vector<bool>> read_dropped(
    Json const& j, char const* key, std::optional<std::size_t> length)
{
    auto const at = j.find(key);
    if (at == j.end())
        return std::nullopt;
    check_length(key, at->size(), length);
    return at->get<std::vector<bool>>();
}

/// The entries that are seen; what is not in the answer is not.
template <class T, class Read>
static void read_list(Json const& j, char const* key, std::optional<std::size_t> length,
    std::vector<std::optional<T>>& list, Read read)
{
    auto const at = j.find(key);
    if (at == j.end()) {
        list.clear();
        return;
    }
    check_length(key, at->size(), length);
    list.resize(at->size());
    for (std::size_t i = 0; i < list.size(); ++i)
        if (auto const& entry = (*at)[i]; entry.is_null())
            list[i] = std::nullopt;
        else if (!entry.is_string() || entry != "same")
            list[i] = read(entry);
}

static void read_instance(
    Json const& from, std::optional<InstanceShape> const& shape, InstanceState& state)
{
    auto const length = [&](std::size_t InstanceShape::* of) {
        return shape ? std::optional{(*shape).*of} : std::nullopt;
    };
    read_list(from, "memories", length(&InstanceShape::memories), state.memories,
        [](Json const& j) { return std::optional{read_memory(j)}; });
    read_list(from, "tables", length(&InstanceShape::tables), state.tables, read_table);
    read_list(from, "globals", length(&InstanceShape::globals), state.globals, [](Json const& j) {
        bool is_unknown = false;
        auto const v = read_value(j, is_unknown);
        return is_unknown ? std::nullopt : std::optional{v};
    });
    state.elems_dropped = read_dropped(from, "elems_dropped", length(&InstanceShape::elems));
    state.datas_dropped = read_dropped(from, "datas_dropped", length(&InstanceShape::datas));
}

StoreDigest StepReader::read_store(Json const& store)
{
    if (shape_)
        check_length("store", store.size(), std::min(steps_, shape_->size()));
    last_.resize(store.size());
    for (std::size_t i = 0; i < last_.size(); ++i) {
        auto const& entry = store[i];
        if (entry.is_null())
            last_[i] = std::nullopt;
        else if (entry.is_object())
            read_instance(entry, shape_ ? shape_->at(i) : std::nullopt,
                last_[i] ? *last_[i] : last_[i].emplace());
        else if (entry != "same" || !last_[i])
            throw ProtocolError{"an instance that is the same as nothing"};
    }
    return {last_};
}

CallObservation StepReader::read(Json const& step)
{
    ++steps_;
    CallObservation o;
    o.end = read_end(step.at("end"));
    if (auto const at = step.find("detail"); at != step.end())
        o.detail = text_of(*at);
    if (o.end == End::Trapped) {
        auto const at = step.find("traps");
        o.traps = at == step.end() ? TrapSet::any() : read_traps(*at);
    }
    if (o.end == End::Returned || o.end == End::Threw) {
        auto const at = step.find("values");
        o.values_unseen = at == step.end() && o.end == End::Threw;
        if (at != step.end())
            for (auto const& v : *at)
                o.values.push_back(read_value(v, o.values_unseen));
    }
    if (auto const at = step.find("fuel"); at != step.end())
        o.fuel = at->get<std::uint64_t>();
    if (auto const at = step.find("store"); at != step.end())
        o.store = read_store(*at);
    return o;
}

} // namespace touchstone
