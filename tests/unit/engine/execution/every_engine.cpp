#include "tests/unit/engine/execution/every_engine.hpp"

#include "engine/fast/store.hpp"
#include "engine/reference/store.hpp"
#include "engine/syntax/profiles.hpp"
#include "engine/text/parse.hpp"

#include <algorithm>
#include <array>
#include <ostream>
#include <stdexcept>
#include <utility>

namespace touchstone {

void PrintTo(Value const& v, std::ostream* out)
{
    static constexpr auto names =
        std::to_array<std::string_view>({"i32", "i64", "f32", "f64", "v128", "ref", "bot"});
    *out << names[static_cast<std::size_t>(v.kind)] << ":0x" << std::hex;
    if (v.kind == ValType::Kind::V128)
        *out << v.hi << '_';
    *out << v.lo << std::dec;
    if (v.kind == ValType::Kind::Ref)
        *out << (v.is_null() ? " null" : "") << " kind " << static_cast<int>(v.ref);
}

void PrintTo(Outcome const& o, std::ostream* out)
{
    switch (o.end) {
    case Outcome::End::Returned:
        *out << "returned";
        for (auto const& v : o.values) {
            *out << ' ';
            PrintTo(v, out);
        }
        break;
    case Outcome::End::Trapped: *out << "trapped: " << message(o.trap); break;
    case Outcome::End::Threw: *out << "threw"; break;
    case Outcome::End::OutOfFuel: *out << "out of fuel"; break;
    case Outcome::End::Exhausted: *out << "exhausted: " << name(o.limit); break;
    case Outcome::End::Unlinkable: *out << "unlinkable: " << o.message; break;
    case Outcome::End::Unsupported: *out << "unsupported: " << name(o.feature); break;
    }
    *out << " (fuel " << o.fuel_used << ')';
}

} // namespace touchstone

namespace touchstone::tests {

namespace {

std::shared_ptr<ValidModule const> valid_module(std::string_view text)
{
    auto module = parse_module(text, nullptr, wasm3 | proposals);
    if (!module)
        throw std::invalid_argument{describe(module.error())};
    auto valid = validate(std::move(*module));
    if (!valid)
        throw std::invalid_argument{describe(valid.error())};
    return *valid;
}

/// A number as C++ would convert it: exact for what tests write down.
Value from_integer(std::int64_t i, ValType::Kind kind)
{
    switch (kind) {
    case ValType::Kind::I32: return Value::from_i32(static_cast<std::uint32_t>(i));
    case ValType::Kind::F32: return Value::from_f32(static_cast<float>(i));
    case ValType::Kind::F64: return Value::from_f64(static_cast<double>(i));
    default: return Value::from_i64(static_cast<std::uint64_t>(i));
    }
}

std::string_view operand_text(OpOperand o)
{
    switch (o) {
    case OpOperand::I64: return "i64";
    case OpOperand::F32: return "f32";
    case OpOperand::F64: return "f64";
    case OpOperand::V128: return "v128";
    default: return "i32";
    }
}

} // namespace

Value Number::as(ValType::Kind kind) const
{
    if (auto const* const i = std::get_if<std::int64_t>(&what_))
        return from_integer(*i, kind);
    if (auto const* const d = std::get_if<double>(&what_))
        return kind == ValType::Kind::F32 ? Value::from_f32(static_cast<float>(*d))
                                          : Value::from_f64(*d);
    if (auto const* const b = std::get_if<Bits>(&what_))
        return {.kind = kind, .lo = b->bits};
    return std::get<Value>(what_);
}

std::shared_ptr<Store> make_store(Limits const& limits)
{
    return TOUCHSTONE_ENGINE::make_store(limits);
}

FeatureSet engine_features()
{
    return make_store(Limits::for_spec())->features();
}

Program::Program(std::string_view text, Limits const& limits, std::span<ExternVal const> imports)
    : Program{make_store(limits), text, imports}
{}

Program::Program(
    std::shared_ptr<Store> store, std::string_view text, std::span<ExternVal const> imports)
    : store_{std::move(store)},
      instantiation_{store_->module_instantiate(valid_module(text), imports)}
{}

ExternVal Program::exported(std::string_view name) const
{
    if (!has_instance())
        throw std::invalid_argument{
            "there is no instance: " + testing::PrintToString(instantiation())};
    auto const found = store_->instance_export(instance(), name);
    if (!found)
        throw std::invalid_argument{"no export " + std::string{name}};
    return *found;
}

Outcome Program::invoke(std::string_view name, std::initializer_list<Number> args) const
{
    auto const f = static_cast<FuncAddr>(exported(name).address);
    auto const params = store_->func_type(f).params;
    if (params.size() != args.size())
        throw std::invalid_argument{"wrong number of arguments for " + std::string{name}};
    std::vector<Value> values;
    for (auto const& a : args)
        values.push_back(a.as(params[values.size()].kind));
    return store_->func_invoke(f, values);
}

Function instruction(std::string_view text)
{
    auto const* const row = std::ranges::find(op_table, text, &OpInfo::text);
    if (row == op_table.end() || row->type.own_rule())
        throw std::invalid_argument{"not an instruction with a type: " + std::string{text}};
    std::string params;
    std::string gets;
    unsigned count = 0;
    for (auto const& p : row->type.params()) {
        params += "(param " + std::string{operand_text(p)} + ") ";
        gets += "local.get " + std::to_string(count++) + ' ';
    }
    std::string results;
    for (auto const& r : row->type.results())
        results += "(result " + std::string{operand_text(r)} + ") ";
    return Function{"(func (export \"f\") " + params + results + gets + std::string{text} + ')'};
}

namespace {

class ReturnsMatcher
{
public:
    using is_gtest_matcher = void;

    explicit ReturnsMatcher(std::vector<Number> expected) : expected_{std::move(expected)} {}

    bool MatchAndExplain(Outcome const& o, std::ostream*) const
    {
        return o.end == Outcome::End::Returned && values_for(o) == o.values;
    }
    void DescribeTo(std::ostream* out) const { describe_to("returns", out); }
    void DescribeNegationTo(std::ostream* out) const { describe_to("does not return", out); }

private:
    void describe_to(std::string_view verb, std::ostream* out) const
    {
        *out << verb;
        for (auto const& e : expected_) // in the widest type: the result's is not known here
            *out << ' ' << testing::PrintToString(e.as(ValType::Kind::I64));
    }
    /// The expected numbers in the types of the results.
    [[nodiscard]] std::vector<Value> values_for(Outcome const& o) const
    {
        std::vector<Value> values;
        for (std::size_t k = 0; k < expected_.size(); ++k)
            values.push_back(
                expected_[k].as(k < o.values.size() ? o.values[k].kind : ValType::Kind::I64));
        return values;
    }

    std::vector<Number> expected_;
};

} // namespace

testing::Matcher<Outcome const&> returns(std::vector<Number> expected)
{
    return ReturnsMatcher{std::move(expected)};
}

testing::Matcher<Outcome const&> Traps(Trap t)
{
    return testing::AllOf(testing::Field("end", &Outcome::end, Outcome::End::Trapped),
        testing::Field("trap", &Outcome::trap, t));
}

testing::Matcher<Outcome const&> Exhausts(Limit l)
{
    return testing::AllOf(testing::Field("end", &Outcome::end, Outcome::End::Exhausted),
        testing::Field("limit", &Outcome::limit, l));
}

testing::Matcher<Outcome const&> RunsOutOfFuel()
{
    return testing::Field("end", &Outcome::end, Outcome::End::OutOfFuel);
}

} // namespace touchstone::tests
