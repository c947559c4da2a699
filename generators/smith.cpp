#include "engine/binary/encode.hpp"
#include "generators/boundary.hpp"
#include "generators/generate.hpp"
#include "generators/shape.hpp"
#include "generators/smith_environment.hpp"
#include "generators/smith_function.hpp"
#include "generators/vectors.hpp"

namespace touchstone::generators {

namespace {

std::string function_name(Index f)
{
    return "f" + std::to_string(f);
}

/// The main module of a case: leaves first, then functions that call them and each other.
class MainModule
{
public:
    MainModule(Entropy& in, ModulePlan plan, Environment const* env)
        : in_{in}, env_{env}, plan_{std::move(plan)}
    {}

    void write()
    {
        if (env_ != nullptr)
            import_environment(in_, plan_, *env_);
        add_tags(in_, plan_);
        plan_functions();
        plan_state();
        plan_segments();
        add_typed_state(in_, plan_);
        for (auto const f : leaves_)
            if (throwing_ != f)
                write_leaf(f, true);
        if (throwing_)
            write_leaf(*throwing_, true);
        for (auto const f : mains_)
            write_main(f);
        if (in_.chance(shape.start)) {
            plan_.module.start = add_function(plan_, {.type = {}, .is_leaf = true});
            write_leaf(*plan_.module.start, in_.chance(20));
        }
        if (in_.chance(shape.deep))
            write_deep();
        export_all();
        declare_references(plan_);
    }

    void add_calls(Case& c, std::uint32_t module);
    [[nodiscard]] Module const& module() const { return plan_.module; }

private:
    void plan_functions();
    void plan_state();
    void plan_segments();
    void write_leaf(Index function, bool may_trap);
    void write_main(Index function);
    void write_deep();
    void export_all();
    [[nodiscard]] Value argument(ValType t);
    [[nodiscard]] Call call_of(Index function, std::uint32_t module);

    Entropy& in_;
    Environment const* env_;
    ModulePlan plan_;
    std::vector<Index> leaves_;
    std::vector<Index> mains_;
    std::optional<Index> throwing_;
    std::optional<Index> recursive_;
    std::optional<Index> deep_;
    std::vector<Index> callable_;
};

void MainModule::plan_functions()
{
    for (auto n = 1 + in_.below(shape.leaf_functions); n > 0; --n) {
        FuncType type;
        if (leaves_.empty() && env_ != nullptr && env_->callback)
            type = *env_->callback;
        else if (!leaves_.empty() && in_.chance(128)) // a neighbour of the same type
            type = plan_.funcs[leaves_.back()].type;
        else
            type = function_type(in_, plan_, true);
        leaves_.push_back(add_function(plan_, {.type = std::move(type), .is_leaf = true}));
    }
    for (auto const t : plan_.types.funcs) // so that references to them need not be null
        leaves_.push_back(
            add_function(plan_, {.type = plan_.types.types[t].comp.func, .is_leaf = true}));
    if (plan_.uses(Group::Exceptions)) {
        auto const t = plan_.value(in_);
        throwing_ = add_function(plan_, {.type = {{i32, t}, {t}}, .throws = true, .is_leaf = true});
        if (in_.chance(64)) // then it is called through tables too
            leaves_.push_back(*throwing_);
    }
    auto const count = 1 + in_.below(shape.main_functions);
    auto const recursive = plan_.uses(Group::Recursion) ? in_.below(3) : count;
    for (std::uint32_t n = 0; n < count; ++n) {
        auto type = function_type(in_, plan_, true);
        if (n == recursive)
            type.params.insert(type.params.begin(), i32);
        mains_.push_back(add_function(plan_, {.type = std::move(type)}));
        if (n == recursive)
            recursive_ = mains_.back();
    }
}

void MainModule::plan_state()
{
    auto const has_memory = !plan_.memories.empty();
    if (!has_memory && (plan_.uses(Group::Memory) || in_.chance(shape.memory)))
        add_memory(in_, plan_);
    auto const second = plan_.uses(Group::Memory64) ? shape.other_memory : shape.second_memory;
    if (plan_.uses(Group::MultiMemory) && in_.chance(second))
        add_memory(in_, plan_);
    if (plan_.tables.empty() && (plan_.uses(Group::Indirect) || in_.chance(shape.table)))
        add_table(in_, plan_, funcref);
    if (plan_.uses(Group::Table)) {
        auto const is_extern = in_.chance(128);
        add_table(in_, plan_, is_extern ? externref : funcref);
    }
    for (auto n = 2 + in_.below(3); n > 0; --n) {
        auto const type = plan_.value(in_);
        add_global(in_, plan_, type, !in_.chance(32));
    }
}

void MainModule::plan_segments()
{
    add_data_segments(in_, plan_);
    if (plan_.tables.empty())
        return;
    auto const is_imported = count_imports(plan_.module, ExternKind::Table) != 0;
    auto const* const forced = is_imported && env_->callback ? &*env_->callback : nullptr;
    if (is_imported)
        fill_table(in_, plan_, 0, 0, callback_slots, leaves_, forced);
    else if (plan_.tables[0].element == funcref)
        fill_table(in_, plan_, 0, in_.below(2), plan_.tables[0].size, leaves_, nullptr);
    if (!plan_.uses(Group::Table))
        return;
    auto const element = plan_.tables.back().element;
    Elem passive{.mode = Elem::Mode::Passive, .type = element};
    for (auto n = 1 + in_.below(6); n > 0; --n) {
        if (element == funcref && !in_.chance(shape.null_reference))
            passive.init.push_back(
                ref_func_expr(in_.below(static_cast<std::uint32_t>(plan_.funcs.size()))));
        else
            passive.init.push_back(ref_null_expr(element.heap.abstract()));
    }
    choose_form(in_, plan_, passive);
    plan_.elems.push_back({.is_passive = true,
        .size = static_cast<std::uint32_t>(passive.init.size()),
        .element = element});
    plan_.module.elems.push_back(std::move(passive));
}

void MainModule::write_leaf(Index function, bool may_trap)
{
    FunctionWriter{in_, plan_, function,
        {.instructions = shape.leaf_instructions,
            .fuel = shape.leaf_fuel,
            .iterations = shape.leaf_iterations,
            .may_call = false,
            .may_trap = may_trap,
            .throws = throwing_ == function}}
        .write();
}

void MainModule::write_main(Index function)
{
    auto const recurses = recursive_ == function;
    FunctionWriter{in_, plan_, function,
        {.instructions = shape.main_instructions,
            .fuel = recurses ? shape.main_fuel / (recursions + 1) : shape.main_fuel,
            .iterations = recurses ? shape.leaf_iterations : shape.main_iterations,
            .recurses = recurses}}
        .write();
}

/// A function that counts its frames until the stack is used up.
void MainModule::write_deep()
{
    auto type = function_type(in_, plan_, false);
    type.results.clear();
    deep_ = add_function(plan_, {.type = type});
    auto& f = defined(plan_, *deep_);
    f.locals.push_back({in_.below(8), plan_.value(in_)});
    Code c;
    for (Index g = 0; g < plan_.globals.size(); ++g) {
        if (!plan_.globals[g].is_mutable || plan_.globals[g].type != i32)
            continue;
        c.op(Opcode::GlobalGet, g);
        c.i32_const(1);
        c.op(Opcode::I32Add);
        c.op(Opcode::GlobalSet, g);
    }
    for (Index i = 0; i < type.params.size(); ++i)
        c.op(Opcode::LocalGet, i);
    c.op(Opcode::Call, *deep_);
    c.end();
    f.body = c.take();
}

void MainModule::export_all()
{
    for (auto const f : mains_)
        callable_.push_back(f);
    for (auto const f : leaves_)
        if (!in_.chance(96))
            callable_.push_back(f);
    if (throwing_ && std::ranges::find(callable_, *throwing_) == callable_.end())
        callable_.push_back(*throwing_);
    for (auto const f : callable_)
        add_export(plan_, function_name(f), ExternKind::Func, f);
    if (deep_)
        add_export(plan_, function_name(*deep_), ExternKind::Func, *deep_);
    if (!in_.chance(shape.export_state))
        return;
    for (Index i = 0; i < plan_.tags.size(); ++i)
        add_export(plan_, "t" + std::to_string(i), ExternKind::Tag, i);
    for (Index i = 0; i < plan_.memories.size(); ++i)
        add_export(plan_, "memory" + std::to_string(i), ExternKind::Memory, i);
    for (Index i = 0; i < plan_.tables.size(); ++i)
        add_export(plan_, "table" + std::to_string(i), ExternKind::Table, i);
    for (Index i = 0; i < plan_.globals.size(); ++i)
        add_export(plan_, "g" + std::to_string(i), ExternKind::Global, i);
}

Value MainModule::argument(ValType t)
{
    if (t == externref && !in_.chance(shape.null_reference))
        return Value::host_extern(in_.below(5));
    if (t.is_ref())
        return Value::null_ref();
    return boundary_value(in_, t.kind);
}

void MainModule::add_calls(Case& c, std::uint32_t module)
{
    auto const mains = static_cast<std::uint32_t>(mains_.size());
    auto const all = static_cast<std::uint32_t>(callable_.size());
    for (auto n = shape.least_calls + in_.below(shape.more_calls); n > 0; --n) {
        // mains come first in callable_, and do more
        auto const which = in_.below(in_.chance(40) ? all : mains);
        c.calls.push_back(call_of(callable_[which], module));
    }
    if (deep_) // last: some oracles stop where a stack is used up
        c.calls.push_back(call_of(*deep_, module));
}

Call MainModule::call_of(Index function, std::uint32_t module)
{
    Call call{module, function_name(function), {}};
    for (auto const t : plan_.funcs[function].type.params)
        call.args.push_back(argument(t));
    return call;
}

} // namespace

Case smith(std::span<std::uint8_t const> entropy, FeatureSet features)
{
    Entropy in{entropy};
    auto const groups = swarm(in, features);
    auto const types = type_plan(in, groups, features);
    Case c;
    std::optional<Environment> env;
    if (in.chance(shape.environment)) {
        env = environment(in, groups, features, types);
        c.modules.push_back({"env", encode(env->plan.module)});
    }
    MainModule main{in, empty_plan(groups, features, types), env ? &*env : nullptr};
    main.write();
    c.modules.push_back({"m", encode(main.module())});
    main.add_calls(c, static_cast<std::uint32_t>(c.modules.size() - 1));
    return c;
}

} // namespace touchstone::generators
