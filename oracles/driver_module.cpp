#include "oracles/driver_module.hpp"

#include "engine/binary/encode.hpp"

#include <utility>

namespace touchstone {

class DriverWriter
{
public:
    explicit DriverWriter(ValidModule const& module) : valid_{module}, m_{module.module()} {}

    std::expected<ResultType, std::string> call(Call const& c)
    {
        auto const index = exported(c.function, ExternKind::Func);
        if (!index)
            return std::unexpected{"no such function"};
        for (auto const& a : c.args)
            if (!constant(a))
                return std::unexpected{"an argument that has no constant"};
        auto const& type = valid_.func_type(valid_.funcs()[*index]);
        for (std::size_t i = 0; i < type.params.size(); ++i)
            if (type.params[i].is_ref() && !c.args[i].is_null())
                return std::unexpected{"an argument that has no constant"};
        op(Opcode::Call, *index);
        return type.results;
    }

    std::expected<ResultType, std::string> global(std::string const& name)
    {
        auto const index = exported(name, ExternKind::Global);
        if (!index)
            return std::unexpected{"no such global"};
        op(Opcode::GlobalGet, *index);
        return ResultType{valid_.globals()[*index].value};
    }

    void drop(std::size_t n)
    {
        for (; n > 0; --n)
            op(Opcode::Drop);
    }

    DriverModule finish(ResultType results)
    {
        FuncType type;
        for (auto const t : results)
            locals_.push_back({.count = 1, .type = t});
        for (auto i = results.size(); i-- > 0;)
            op(Opcode::LocalSet, static_cast<Index>(i));
        for (std::size_t i = 0; i < results.size(); ++i)
            as_integers(results[i].kind, static_cast<Index>(i), type.results);
        op(Opcode::End);

        DriverModule d{.function = "touchstone", .integers = type.results.size()};
        hide_exports();
        auto const type_index = static_cast<Index>(m_.types.size());
        m_.types.push_back({.comp = {.kind = CompType::Kind::Func, .func = std::move(type)}});
        m_.rec_groups.push_back({.first = type_index, .count = 1});
        m_.exports.push_back({.name = d.function,
            .kind = ExternKind::Func,
            .index = count_imports(m_, ExternKind::Func) + static_cast<Index>(m_.funcs.size())});
        m_.funcs.push_back(
            {.type = type_index, .locals = std::move(locals_), .body = std::move(body_)});
        d.bytes = encode(m_);
        d.results = std::move(results);
        return d;
    }

private:
    void op(Opcode o, Index x = 0) { body_.instrs.push_back({.op = o, .x = x}); }

    /// The driver stays the only export, for engines that run all; `ref.func` may still name what
    /// was exported.
    void hide_exports()
    {
        Elem declared{.mode = Elem::Mode::Declarative};
        for (auto const& e : m_.exports)
            if (e.kind == ExternKind::Func) {
                auto& expr = declared.init.emplace_back();
                expr.instrs.push_back({.op = Opcode::RefFunc, .x = e.index});
                expr.instrs.push_back({.op = Opcode::End});
            }
        if (valid_.features().has(Feature::ReferenceTypes) && !declared.init.empty())
            m_.elems.push_back(std::move(declared));
        m_.exports.clear();
    }

    [[nodiscard]] std::optional<Index> exported(std::string const& name, ExternKind kind) const
    {
        for (auto const& e : valid_.module().exports)
            if (e.kind == kind && e.name == name)
                return e.index;
        return std::nullopt;
    }

    bool constant(Value const& v)
    {
        switch (v.kind) {
        case ValType::Kind::I32: number(Opcode::I32Const, v.lo); return true;
        case ValType::Kind::I64: number(Opcode::I64Const, v.lo); return true;
        case ValType::Kind::F32: number(Opcode::F32Const, v.lo); return true;
        case ValType::Kind::F64: number(Opcode::F64Const, v.lo); return true;
        case ValType::Kind::V128:
        {
            op(Opcode::V128Const, static_cast<Index>(body_.vectors.size()));
            auto& bytes = body_.vectors.emplace_back().bytes;
            for (unsigned i = 0; i < 16; ++i)
                bytes[i] = static_cast<std::uint8_t>((i < 8 ? v.lo : v.hi) >> (i % 8 * 8));
            return true;
        }
        default: return false;
        }
    }

    void number(Opcode o, std::uint64_t bits) { body_.instrs.push_back({.op = o, .imm = bits}); }

    void as_integers(ValType::Kind kind, Index local, ResultType& types)
    {
        op(Opcode::LocalGet, local);
        switch (kind) {
        case ValType::Kind::I32: types.push_back(i32); break;
        case ValType::Kind::I64: types.push_back(i64); break;
        case ValType::Kind::F32:
            op(Opcode::I32ReinterpretF32);
            types.push_back(i32);
            break;
        case ValType::Kind::F64:
            op(Opcode::I64ReinterpretF64);
            types.push_back(i64);
            break;
        case ValType::Kind::V128:
            body_.instrs.push_back({.op = Opcode::I64x2ExtractLane, .lane = 0});
            op(Opcode::LocalGet, local);
            body_.instrs.push_back({.op = Opcode::I64x2ExtractLane, .lane = 1});
            types.insert(types.end(), {i64, i64});
            break;
        default:
            op(Opcode::RefIsNull);
            types.push_back(i32);
            break;
        }
    }

    ValidModule const& valid_;
    Module m_;
    Expr body_;
    std::vector<Locals> locals_;
};

std::expected<DriverModule, std::string> with_driver(
    ValidModule const& module, std::span<Call const> before, DriverGoal const& goal)
{
    DriverWriter driver{module};
    for (auto const& c : before) {
        auto const results = driver.call(c);
        if (!results)
            return std::unexpected{results.error()};
        driver.drop(results->size());
    }
    if (goal.call == nullptr && !goal.global)
        return driver.finish({});
    auto results = goal.call != nullptr ? driver.call(*goal.call) : driver.global(*goal.global);
    if (!results)
        return std::unexpected{results.error()};
    return driver.finish(*std::move(results));
}

} // namespace touchstone
