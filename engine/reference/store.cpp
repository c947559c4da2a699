#include "engine/reference/store.hpp"

#include "engine/reference/growing.hpp"
#include "engine/reference/instantiate.hpp"
#include "engine/reference/machine.hpp"
#include "engine/reference/matching.hpp"
#include "engine/reference/rules.hpp"

#include <algorithm>
#include <utility>

namespace touchstone::reference {

namespace {

template <class Space, class Address>
auto& at(Space& space, Address a)
{
    return space[static_cast<std::size_t>(a)];
}

template <class Address, class Space>
Address last(Space const& space)
{
    return static_cast<Address>(space.size() - 1);
}

/// The operations of embedding/ over the runtime structure and its machine.
class ReferenceStore final : public Store
{
public:
    ReferenceStore(Limits const& limits, Counting counting)
        : limits_{limits}, s_{limits_, counting.rules}, counting_{std::move(counting)}
    {
        add_machine();
    }

    [[nodiscard]] FeatureSet features() const override { return covered_features; }

    [[nodiscard]] Instantiation module_instantiate(
        std::shared_ptr<ValidModule const> module, std::span<ExternVal const> imports) override
    {
        return instantiate(machine(), std::move(module), imports);
    }

    [[nodiscard]] std::optional<ExternVal> instance_export(
        InstanceAddr instance, std::string_view name) const override
    {
        auto const& exports = at(s_.modules, instance).exports;
        auto const found = exports.find(name);
        return found == exports.end() ? std::nullopt : std::optional{found->second};
    }

    [[nodiscard]] FuncAddr func_alloc(FuncType type, HostFunc code) override
    {
        auto& f = s_.funcs.emplace_back();
        f.deftype = s_.types.add(std::move(type));
        f.type = &s_.types.expand(f.deftype).func;
        f.host = std::move(code);
        return last<FuncAddr>(s_.funcs);
    }
    [[nodiscard]] FuncType func_type(FuncAddr a) const override { return *at(s_.funcs, a).type; }
    [[nodiscard]] Outcome func_invoke(FuncAddr a, std::span<Value const> args) override
    {
        if (static_cast<std::size_t>(a) >= s_.funcs.size() ||
            !vals_ok(s_, args, at(s_.funcs, a).type->params))
            return {.end = Outcome::End::Trapped, .trap = Trap::CastFailure};
        return machine().invoke(at(s_.funcs, a), args);
    }

    [[nodiscard]] TableAddr table_alloc(TableType type, Value init) override
    {
        auto const n = std::exchange(type.limits.min, 0);
        static_cast<void>(grow(s_.tables.emplace_back(type), n, from_embedding(init)));
        return last<TableAddr>(s_.tables);
    }
    [[nodiscard]] TableType table_type(TableAddr a) const override { return at(s_.tables, a).type; }
    [[nodiscard]] std::uint64_t table_size(TableAddr a) const override
    {
        return at(s_.tables, a).refs.size();
    }
    [[nodiscard]] Value table_read(TableAddr a, std::uint64_t i) const override
    {
        auto const& table = at(s_.tables, a);
        return to_embedding(table.refs[static_cast<std::size_t>(i)], table.type.element);
    }
    void table_write(TableAddr a, std::uint64_t i, Value v) override
    {
        at(s_.tables, a).refs[static_cast<std::size_t>(i)] = from_embedding(v);
    }
    [[nodiscard]] bool table_grow(TableAddr a, std::uint64_t n, Value init) override
    {
        auto& table = at(s_.tables, a);
        return may_grow(table, n, limits_) && grow(table, n, from_embedding(init));
    }

    [[nodiscard]] MemAddr mem_alloc(MemoryType type) override
    {
        auto const n = std::exchange(type.limits.min, 0);
        static_cast<void>(grow(s_.mems.emplace_back(type), n));
        return last<MemAddr>(s_.mems);
    }
    [[nodiscard]] MemoryType mem_type(MemAddr a) const override { return at(s_.mems, a).type; }
    [[nodiscard]] std::span<std::uint8_t const> mem_read(MemAddr a) const override
    {
        return at(s_.mems, a).bytes.all();
    }
    void mem_write(MemAddr a, std::uint64_t offset, std::span<std::uint8_t const> bytes) override
    {
        std::ranges::copy(bytes, at(s_.mems, a).bytes.data() + offset);
    }
    [[nodiscard]] std::uint64_t mem_size(MemAddr a) const override
    {
        return at(s_.mems, a).type.limits.min;
    }
    [[nodiscard]] bool mem_grow(MemAddr a, std::uint64_t pages) override
    {
        auto& mem = at(s_.mems, a);
        return may_grow(mem, pages, limits_) && grow(mem, pages);
    }

    [[nodiscard]] GlobalAddr global_alloc(GlobalType type, Value init) override
    {
        s_.globals.push_back({type, from_embedding(init)});
        return last<GlobalAddr>(s_.globals);
    }
    [[nodiscard]] GlobalType global_type(GlobalAddr a) const override
    {
        return at(s_.globals, a).type;
    }
    [[nodiscard]] Value global_read(GlobalAddr a) const override
    {
        auto const& global = at(s_.globals, a);
        return to_embedding(global.value, global.type.value);
    }
    void global_write(GlobalAddr a, Value v) override
    {
        at(s_.globals, a).value = from_embedding(v);
    }

    [[nodiscard]] TagAddr tag_alloc(FuncType type) override
    {
        s_.tags.push_back({s_.types.add(std::move(type))});
        return last<TagAddr>(s_.tags);
    }

    void thread_seed(std::uint64_t seed) override { threads_.seed(seed); }
    void thread_schedule(Schedule& schedule) override { threads_.follow(schedule); }
    [[nodiscard]] std::optional<ThreadAddr> thread_start(std::function<void()> const& body) override
    {
        add_machine();
        auto const thread = threads_.start(body);
        if (thread)
            return static_cast<ThreadAddr>(*thread);
        machines_.pop_back();
        return std::nullopt;
    }
    void thread_join(ThreadAddr thread) override
    {
        threads_.join(static_cast<std::size_t>(thread));
    }

    [[nodiscard]] InstanceView instance(InstanceAddr a) const override
    {
        auto const& mi = at(s_.modules, a);
        InstanceView view;
        auto const addresses = [](auto& to, std::vector<Index> const& from) {
            for (auto const x : from)
                to.push_back(typename std::remove_reference_t<decltype(to)>::value_type{x});
        };
        addresses(view.funcs, mi.funcs);
        addresses(view.tables, mi.tables);
        addresses(view.memories, mi.mems);
        addresses(view.globals, mi.globals);
        addresses(view.tags, mi.tags);
        for (auto const& elem : mi.elems)
            view.elems_dropped.push_back(elem.dropped);
        for (auto const& data : mi.datas)
            view.datas_dropped.push_back(data.dropped);
        return view;
    }
    [[nodiscard]] std::optional<FuncOrigin> func_origin(FuncAddr a) const override
    {
        auto const& f = at(s_.funcs, a);
        if (f.code == nullptr)
            return std::nullopt;
        return FuncOrigin{f.module->address, f.index};
    }
    [[nodiscard]] std::optional<ObjectView> object(Value const& v) const override
    {
        if (!s_.heap.has(v.ref, v.lo))
            return std::nullopt;
        auto const& o = s_.heap.at(v.ref, v.lo);
        bool const is_exn = v.ref == RefKind::Exn;
        auto const type = is_exn ? at(s_.tags, o.type).type : static_cast<DefType>(o.type);
        ObjectView view;
        if (is_exn)
            view.tag = TagAddr{o.type};
        view.fields.reserve(o.length);
        for (std::uint32_t k = 0; k < o.length; ++k)
            view.fields.push_back(field(o, s_.types.layout(type), k, v.ref == RefKind::Array));
        return view;
    }

private:
    [[nodiscard]] static Value field(
        Object const& o, Layout const& layout, std::uint64_t k, bool is_array)
    {
        auto const& place = layout.places[is_array ? 0 : k];
        auto const offset = is_array ? k * layout.size : place.offset;
        return to_embedding(
            load_field(o.bytes.get() + offset, place.storage), place.storage.unpacked);
    }

    void add_machine() { machines_.emplace_back(s_, *this, threads_, limits_, counting_); }
    /// Of the thread at turn.
    [[nodiscard]] Machine& machine() { return machines_[threads_.current()]; }

    Limits const limits_;
    Instances s_;
    Counting counting_;
    std::deque<Machine> machines_; ///< one a thread, by its number
    Interleaving threads_;         ///< goes first: it waits for them
};

} // namespace

std::unique_ptr<Store> make_store(Limits const& limits, Counting counting)
{
    return std::make_unique<ReferenceStore>(limits, std::move(counting));
}

} // namespace touchstone::reference
