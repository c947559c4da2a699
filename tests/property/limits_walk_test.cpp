// Both engines stop at the same point with the same store, wherever a limit stops them: every value
// of a limit is tried, from 0 until it no longer matters.

#include "engine/fast/store.hpp"
#include "engine/reference/store.hpp"
#include "engine/text/parse.hpp"
#include "tests/property/limits_walk_programs.hpp"

#include <cstring>
#include <fmt/format.h>
#include <gtest/gtest.h>

namespace touchstone {
namespace {

using Validated = std::shared_ptr<ValidModule const>;

constexpr Limits no_limit{
    .frames = 150, .stack_values = 1'200, .pages = 8, .elements = 190, .heap_units = 1'000};

// What the embedder offers to programs that import from "host".

Outcome returned(std::vector<Value> values)
{
    return {.values = std::move(values)};
}

std::optional<ExternVal> host_function(Store& store, std::string_view name)
{
    auto const number = [](Value const& v) { return static_cast<std::uint32_t>(v.lo); };
    FuncType type;
    HostFunc code;
    if (name == "nothing") {
        code = [](Store&, std::span<Value const>) { return returned({}); };
    } else if (name == "trap") {
        code = [](Store&, std::span<Value const>) {
            return Outcome{.end = Outcome::End::Trapped, .trap = Trap::Unreachable};
        };
    } else if (name == "add") {
        type = {{i32, i32}, {i32}};
        code = [number](Store&, std::span<Value const> a) {
            return returned({Value::from_i32(number(a[0]) + number(a[1]))});
        };
    } else if (name == "two") {
        type = {{i32}, {i32, i64}};
        code = [number](Store&, std::span<Value const> a) {
            return returned({Value::from_i32(number(a[0]) * 2), Value::from_i64(a[0].lo * 3)});
        };
    } else if (name == "call") {
        type = {{funcref, i32}, {i32}};
        code = [](Store& s, std::span<Value const> a) {
            return s.func_invoke(static_cast<FuncAddr>(a[0].lo), a.subspan(1));
        };
    } else {
        return std::nullopt;
    }
    return ExternVal{
        ExternKind::Func, static_cast<std::uint32_t>(store.func_alloc(type, std::move(code)))};
}

/// A program that ran in one engine: how each step ended, and the store after it.
class World
{
public:
    World(std::unique_ptr<Store> store, WalkProgram const& program,
        std::span<Validated const> modules)
        : store_{std::move(store)}
    {
        for (std::size_t i = 0; i < modules.size(); ++i) {
            auto made = store_->module_instantiate(modules[i], imports(*modules[i]));
            steps.push_back(std::move(made.outcome));
            if (!made.instance)
                return;
            instances_.emplace_back(program.modules[i].name, *made.instance);
        }
        for (auto const& e : modules.back()->module().exports)
            if (e.name.starts_with("run"))
                steps.push_back(store_->func_invoke(
                    FuncAddr{store_->instance_export(instances_.back().second, e.name)->address},
                    {}));
    }

    /// What is not the same in the two stores, or nothing.
    [[nodiscard]] std::optional<std::string> differs_from(World const& other) const
    {
        if (instances_.size() != other.instances_.size())
            return "number of instances";
        for (std::size_t i = 0; i < instances_.size(); ++i)
            if (auto const d = instance_differs(other, instances_[i].second))
                return fmt::format("{}: {}", instances_[i].first, *d);
        return std::nullopt;
    }

    std::vector<Outcome> steps;

private:
    std::vector<ExternVal> imports(ValidModule const& m)
    {
        std::vector<ExternVal> given;
        for (auto const& i : m.module().imports) {
            if (auto const f = i.module == "host" ? host_function(*store_, i.name) : std::nullopt)
                given.push_back(*f);
            for (auto const& [name, instance] : instances_)
                if (name == i.module)
                    given.push_back(*store_->instance_export(instance, i.name));
        }
        return given;
    }

    [[nodiscard]] std::optional<std::string> instance_differs(
        World const& other, InstanceAddr a) const
    {
        auto const mine = store_->instance(a);
        auto const theirs = other.store_->instance(a);
        if (mine.funcs != theirs.funcs || mine.memories != theirs.memories ||
            mine.tables != theirs.tables || mine.globals != theirs.globals)
            return "addresses";
        if (mine.elems_dropped != theirs.elems_dropped ||
            mine.datas_dropped != theirs.datas_dropped)
            return "dropped segments";
        for (auto const m : mine.memories) {
            auto const x = store_->mem_read(m);
            auto const y = other.store_->mem_read(m);
            if (x.size() != y.size() ||
                (!x.empty() && std::memcmp(x.data(), y.data(), x.size()) != 0))
                return fmt::format("memory {}", static_cast<std::uint32_t>(m));
        }
        for (auto const t : mine.tables) {
            if (store_->table_size(t) != other.store_->table_size(t))
                return "table size";
            for (std::uint64_t i = 0; i < store_->table_size(t); ++i)
                if (store_->table_read(t, i) != other.store_->table_read(t, i))
                    return fmt::format("table {} at {}", static_cast<std::uint32_t>(t), i);
        }
        for (auto const g : mine.globals)
            if (store_->global_read(g) != other.store_->global_read(g))
                return fmt::format("global {}", static_cast<std::uint32_t>(g));
        return std::nullopt;
    }

    std::unique_ptr<Store> store_;
    std::vector<std::pair<std::string_view, InstanceAddr>> instances_;
};

/// All that both engines must agree on about how a step ended.
std::string shown(Outcome const& o)
{
    auto text = fmt::format("end {} fuel {}", static_cast<int>(o.end), o.fuel_used);
    if (o.end == Outcome::End::Trapped)
        text += fmt::format(" trap {}", message(o.trap));
    if (o.end == Outcome::End::Exhausted)
        text += fmt::format(" limit {}", name(o.limit));
    for (auto const& v : o.values)
        text += fmt::format(" {}:{:#x}", static_cast<int>(v.kind), v.lo);
    return text + (o.nan_choice ? " with a choice of NaN" : "");
}

std::vector<std::string> shown(std::vector<Outcome> const& steps)
{
    std::vector<std::string> all;
    for (auto const& s : steps)
        all.push_back(shown(s));
    return all;
}

class LimitsWalk : public testing::TestWithParam<WalkProgram>
{
protected:
    void SetUp() override
    {
        for (auto const& m : GetParam().modules) {
            auto parsed = parse_module(m.text);
            ASSERT_TRUE(parsed) << parsed.error().message << " at line " << parsed.error().line;
            auto valid = validate(*std::move(parsed));
            ASSERT_TRUE(valid) << valid.error().message;
            modules_.push_back(*valid);
        }
    }

    /// Runs in both engines, compares them, and gives what the steps ended as.
    std::vector<std::string> run_both(Limits const& limits)
    {
        World const reference{reference::make_store(limits), GetParam(), modules_};
        World const fast{fast::make_store(limits), GetParam(), modules_};
        auto ends = shown(reference.steps);
        EXPECT_EQ(ends, shown(fast.steps));
        auto const difference = reference.differs_from(fast);
        EXPECT_FALSE(difference) << "different in the two stores: " << *difference;
        return ends;
    }

    /// Walks one limit from 0 until the program ends as without it.
    template <class SetLimit>
    void walk(std::uint64_t most, SetLimit set)
    {
        auto const unlimited = run_both(no_limit);
        std::uint64_t stopped = 0;
        for (std::uint64_t value = 0; value <= most; ++value) {
            auto limits = no_limit;
            set(limits, value);
            auto const ends = run_both(limits);
            if (HasFailure()) {
                FAIL() << "first at " << value;
            }
            if (ends == unlimited)
                break;
            ++stopped;
            ASSERT_LT(value, most) << "the limit still matters";
        }
        RecordProperty("stopped", static_cast<int>(stopped));
    }

    std::vector<Validated> modules_;
};

TEST_P(LimitsWalk, Fuel)
{
    walk(20'000, [](Limits& l, std::uint64_t v) {
        l.fuel_per_call = v;
        l.fuel_per_instantiation = v;
    });
}

TEST_P(LimitsWalk, Frames)
{
    walk(no_limit.frames,
        [](Limits& l, std::uint64_t v) { l.frames = static_cast<std::uint32_t>(v); });
}

TEST_P(LimitsWalk, StackValues)
{
    walk(no_limit.stack_values, [](Limits& l, std::uint64_t v) { l.stack_values = v; });
}

TEST_P(LimitsWalk, Pages)
{
    walk(no_limit.pages, [](Limits& l, std::uint64_t v) { l.pages = v; });
}

TEST_P(LimitsWalk, Elements)
{
    walk(no_limit.elements, [](Limits& l, std::uint64_t v) { l.elements = v; });
}

INSTANTIATE_TEST_SUITE_P(Programs, LimitsWalk, testing::ValuesIn(walk_programs()),
    [](auto const& program) { return std::string{program.param.name}; });

} // namespace
} // namespace touchstone
