#include "oracles/wire.hpp"

#include <algorithm>
#include <cstring>

namespace touchstone::wire {

void Writer::bytes(std::span<std::uint8_t const> v)
{
    u64(v.size());
    if (auto* const to = take(v.size()); to != nullptr)
        std::ranges::copy(v, to);
}

void Writer::text(std::string_view v)
{
    u64(v.size());
    if (auto* const to = take(v.size()); to != nullptr)
        std::ranges::copy(v, to);
}

void Writer::rewind(std::size_t size)
{
    at_ = size;
    fits_ = true;
}

void Writer::fixed(std::uint64_t v, std::size_t width)
{
    if (auto* const to = take(width); to != nullptr)
        for (std::size_t i = 0; i < width; ++i)
            to[i] = static_cast<std::uint8_t>(v >> (8 * i));
}

std::uint8_t* Writer::take(std::size_t n)
{
    if (!fits_ || n > to_.size() - at_) {
        fits_ = false;
        return nullptr;
    }
    auto* const at = to_.data() + at_;
    at_ += n;
    return at;
}

std::span<std::uint8_t const> Reader::bytes()
{
    auto const n = u64();
    if (!ok_ || n > from_.size()) {
        fail();
        return {};
    }
    auto const v = from_.first(n);
    from_ = from_.subspan(n);
    return v;
}

std::string Reader::text()
{
    auto const v = bytes();
    return {v.begin(), v.end()};
}

std::size_t Reader::count()
{
    auto const n = u64();
    if (!ok_ || n > from_.size()) {
        fail();
        return 0;
    }
    return n;
}

void Reader::fail()
{
    ok_ = false;
    from_ = {};
}

std::uint64_t Reader::fixed(std::size_t width)
{
    if (width > from_.size()) {
        fail();
        return 0;
    }
    std::uint64_t v = 0;
    for (std::size_t i = 0; i < width; ++i)
        v |= std::uint64_t{from_[i]} << (8 * i);
    from_ = from_.subspan(width);
    return v;
}

// Optionals are a byte that says whether there is one.
template <class T, class Put>
static void write_optional(Writer& w, std::optional<T> const& v, Put put)
{
    w.u8(v ? 1 : 0);
    if (v)
        put(*v);
}

template <class Get>
static auto read_optional(Reader& r, Get get) -> std::optional<decltype(get())>
{
    if (r.u8() == 0)
        return std::nullopt;
    return get();
}

template <class T, class Put>
static void write_all(Writer& w, std::vector<T> const& all, Put put)
{
    w.u64(all.size());
    for (auto const& v : all)
        put(v);
}

template <class Get>
static auto read_all(Reader& r, Get get) -> std::vector<decltype(get())>
{
    std::vector<decltype(get())> all;
    for (auto n = r.count(); n > 0 && r.ok(); --n)
        all.push_back(get());
    return all;
}

void write(Writer& w, Value const& v)
{
    w.u8(static_cast<std::uint8_t>(v.kind));
    w.u8(static_cast<std::uint8_t>(v.ref));
    w.u8(v.is_extern ? 1 : 0);
    w.u64(v.lo);
    w.u64(v.hi);
}

Value read_value(Reader& r)
{
    Value v;
    v.kind = r.enumerator<ValType::Kind>(static_cast<std::size_t>(ValType::Kind::Bot) + 1);
    v.ref = r.enumerator<RefKind>(static_cast<std::size_t>(RefKind::Exn) + 1);
    v.is_extern = r.u8() != 0;
    v.lo = r.u64();
    v.hi = r.u64();
    return v;
}

void write(Writer& w, Limits const& l)
{
    w.u64(l.fuel_per_call);
    w.u64(l.fuel_per_instantiation);
    w.u32(l.frames);
    w.u64(l.stack_values);
    w.u64(l.pages);
    w.u64(l.elements);
    w.u64(l.heap_units);
    w.u8(l.heap_counts_live ? 1 : 0);
}

Limits read_limits(Reader& r)
{
    Limits l;
    l.fuel_per_call = r.u64();
    l.fuel_per_instantiation = r.u64();
    l.frames = r.u32();
    l.stack_values = r.u64();
    l.pages = r.u64();
    l.elements = r.u64();
    l.heap_units = r.u64();
    l.heap_counts_live = r.u8() != 0;
    return l;
}

void write(Writer& w, Task const& t)
{
    write_all(w, t.what->modules, [&](CaseModule const& m) {
        w.text(m.name);
        w.bytes(m.bytes);
        w.u8(static_cast<std::uint8_t>(m.format));
    });
    auto const calls = std::min(t.calls, t.what->calls.size());
    w.u64(calls);
    for (auto const& c : std::span{t.what->calls}.first(calls)) {
        w.u32(c.module);
        w.text(c.function);
        write_all(w, c.args, [&](Value const& v) { write(w, v); });
    }
}

Case read_case(Reader& r)
{
    Case c;
    c.modules = read_all(r, [&] {
        CaseModule m;
        m.name = r.text();
        auto const bytes = r.bytes();
        m.bytes.assign(bytes.begin(), bytes.end());
        m.format = r.enumerator<Format>(static_cast<std::size_t>(Format::Text) + 1);
        return m;
    });
    c.calls = read_all(r, [&] {
        Call call;
        call.module = r.u32();
        call.function = r.text();
        call.args = read_all(r, [&] { return read_value(r); });
        return call;
    });
    return c;
}

static void write(Writer& w, std::vector<bool> const& all)
{
    w.u64(all.size());
    for (auto const v : all)
        w.u8(v ? 1 : 0);
}

static std::vector<bool> read_bools(Reader& r)
{
    std::vector<bool> all(r.count());
    for (std::size_t i = 0; i < all.size(); ++i)
        all[i] = r.u8() != 0;
    return all;
}

static void write(Writer& w, std::optional<Extent> const& v)
{
    write_optional(w, v, [&](Extent const& e) {
        w.u64(e.size);
        w.u64(e.digest);
    });
}

static std::optional<Extent> read_extent(Reader& r)
{
    return read_optional(r, [&] {
        Extent e;
        e.size = r.u64();
        e.digest = r.u64();
        return e;
    });
}

static void write(Writer& w, InstanceState const& s)
{
    auto const extent = [&](std::optional<Extent> const& v) { write(w, v); };
    write_all(w, s.memories, extent);
    write_all(w, s.tables, extent);
    write_all(w, s.globals, [&](std::optional<Value> const& v) {
        write_optional(w, v, [&](Value const& g) { write(w, g); });
    });
    auto const dropped = [&](std::vector<bool> const& v) { write(w, v); };
    write_optional(w, s.elems_dropped, dropped);
    write_optional(w, s.datas_dropped, dropped);
}

static InstanceState read_state(Reader& r)
{
    auto const extent = [&] { return read_extent(r); };
    InstanceState s;
    s.memories = read_all(r, extent);
    s.tables = read_all(r, extent);
    s.globals = read_all(r, [&] { return read_optional(r, [&] { return read_value(r); }); });
    s.elems_dropped = read_optional(r, [&] { return read_bools(r); });
    s.datas_dropped = read_optional(r, [&] { return read_bools(r); });
    return s;
}

void write(Writer& w, CallObservation const& o)
{
    w.u8(static_cast<std::uint8_t>(o.end));
    w.u32(o.traps.bits());
    write_optional(w, o.limit, [&](Limit l) { w.u8(static_cast<std::uint8_t>(l)); });
    write_optional(w, o.feature, [&](Feature f) { w.u8(static_cast<std::uint8_t>(f)); });
    write_all(w, o.values, [&](Value const& v) { write(w, v); });
    w.u8(o.values_unseen ? 1 : 0);
    w.u8(o.nan_choice ? 1 : 0);
    w.u8(o.relaxed_choice ? 1 : 0);
    write_optional(w, o.fuel, [&](std::uint64_t f) { w.u64(f); });
    write_optional(w, o.store, [&](StoreDigest const& s) {
        write_all(w, s.instances, [&](std::optional<InstanceState> const& i) {
            write_optional(w, i, [&](InstanceState const& state) { write(w, state); });
        });
        write(w, s.heap);
    });
    write_optional(w, o.place, [&](Place const& p) {
        w.u32(p.instance);
        w.u32(p.function);
        w.u32(p.offset);
    });
    w.text(o.detail);
}

CallObservation read_step(Reader& r)
{
    CallObservation o;
    o.end = r.enumerator<End>(end_names.size());
    o.traps = TrapSet::from_bits(r.u32());
    o.limit = read_optional(r, [&] { return r.enumerator<Limit>(limit_names.size()); });
    o.feature = read_optional(r, [&] { return r.enumerator<Feature>(feature_count); });
    o.values = read_all(r, [&] { return read_value(r); });
    o.values_unseen = r.u8() != 0;
    o.nan_choice = r.u8() != 0;
    o.relaxed_choice = r.u8() != 0;
    o.fuel = read_optional(r, [&] { return r.u64(); });
    o.store = read_optional(r, [&] {
        StoreDigest s;
        s.instances = read_all(r, [&] { return read_optional(r, [&] { return read_state(r); }); });
        s.heap = read_extent(r);
        return s;
    });
    o.place = read_optional(r, [&] {
        Place p;
        p.instance = r.u32();
        p.function = r.u32();
        p.offset = r.u32();
        return p;
    });
    o.detail = r.text();
    return o;
}

void write(Writer& w, Observation const& o)
{
    auto const step = [&](CallObservation const& s) { write(w, s); };
    write_all(w, o.instantiations, step);
    write_all(w, o.calls, step);
}

Observation read_observation(Reader& r)
{
    Observation o;
    o.instantiations = read_all(r, [&] { return read_step(r); });
    o.calls = read_all(r, [&] { return read_step(r); });
    return o;
}

void write(Writer& w, OracleInfo const& i)
{
    w.text(i.name);
    w.text(i.version);
    w.text(i.code_base);
    w.u64(i.features.bits());
    w.u8(i.has_limits ? 1 : 0);
    w.u8(i.has_text ? 1 : 0);
}

OracleInfo read_info(Reader& r)
{
    OracleInfo i;
    i.name = r.text();
    i.version = r.text();
    i.code_base = r.text();
    i.features = FeatureSet::from_bits(r.u64());
    i.has_limits = r.u8() != 0;
    i.has_text = r.u8() != 0;
    return i;
}

} // namespace touchstone::wire
