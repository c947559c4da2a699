#include "oracles/worker_request.hpp"

#include "cases/export_everything.hpp"
#include "engine/binary/encode.hpp"
#include "oracles/base64.hpp"
#include "oracles/worker_link.hpp"
#include "oracles/worker_values.hpp"

#include <algorithm>

namespace touchstone {

using Json = nlohmann::json;

static CallObservation ended(End end, std::string detail)
{
    CallObservation o;
    o.end = end;
    o.detail = std::move(detail);
    return o;
}

std::optional<CallObservation> settled_before(
    PreparedModule const& module, FeatureSet features, Limits const& limits)
{
    if (!module) { // it may have to say no as well; where our validator cannot tell, neither can we
        auto const& e = module.error();
        if (e.kind == Error::Kind::Unsupported && e.feature && !features.has(*e.feature))
            return unsupported(*e.feature);
        return std::nullopt;
    }
    if (auto const missing = (*module)->features().first_missing_in(features))
        return unsupported(*missing);
    auto const& m = (*module)->module();
    if (std::ranges::any_of(
            m.memories, [&](Memory const& x) { return x.type.limits.min > limits.pages; }))
        return ended(End::Refused, "a memory larger than the limit");
    if (std::ranges::any_of(
            m.tables, [&](Table const& x) { return x.type.limits.min > limits.elements; }))
        return ended(End::Refused, "a table larger than the limit");
    return std::nullopt;
}

static Export const* find_export(
    PreparedModule const& module, std::string const& name, ExternKind kind)
{
    if (!module)
        return nullptr;
    auto const& exports = (*module)->module().exports;
    auto const at = std::ranges::find_if(
        exports, [&](Export const& e) { return e.kind == kind && e.name == name; });
    return at == exports.end() ? nullptr : &*at;
}

FuncType const* exported_function(PreparedModule const& module, std::string const& name)
{
    auto const* const e = find_export(module, name, ExternKind::Func);
    return e == nullptr ? nullptr : &(*module)->func_type((*module)->funcs()[e->index]);
}

bool exports_global(PreparedModule const& module, std::string const& name)
{
    return find_export(module, name, ExternKind::Global) != nullptr;
}

static std::string bytes_shown(
    CaseModule const& m, PreparedModule const& prepared, bool shows_everything)
{
    if (!prepared || shows_everything)
        return to_base64(m.bytes);
    return to_base64(encode(export_everything((*prepared)->module())));
}

/// Why a call is not made, in whatever engine.
static std::optional<CallObservation> unasked(Call const& call, Prepared const& prepared)
{
    if (call.module >= prepared.modules.size())
        return ended(End::NotRun, "no instance");
    auto const* const type = exported_function(prepared.modules[call.module], call.function);
    if (type == nullptr)
        return ended(End::NotRun, "no such function");
    if (!arguments_fit(type->params, call.args))
        return ended(End::NotRun, "the arguments do not fit");
    return std::nullopt;
}

static std::optional<InstanceShape> shape_of(PreparedModule const& m)
{
    if (!m)
        return std::nullopt;
    return InstanceShape{.memories = (*m)->memories().size(),
        .tables = (*m)->tables().size(),
        .globals = (*m)->globals().size(),
        .elems = (*m)->module().elems.size(),
        .datas = (*m)->module().datas.size()};
}

WorkerRequest worker_request(
    Task const& task, WorkerAbilities const& abilities, Limits const& limits)
{
    auto const& c = *task.what;
    auto const prepared = prepare(c);
    WorkerRequest request;
    auto modules = Json::array();
    for (std::size_t i = 0; i < c.modules.size(); ++i) {
        request.shape.push_back(shape_of(prepared.modules[i]));
        auto& settled = request.settled.emplace_back(
            c.modules[i].format == Format::Text
                ? takes_no_text()
                : settled_before(prepared.modules[i], abilities.features, limits));
        // no bytes are no module, for every engine
        modules.push_back({{"name", c.modules[i].name},
            {"bytes", settled ? std::string{}
                              : bytes_shown(c.modules[i], prepared.modules[i],
                                    abilities.shows_everything || c.calls.empty())}});
    }
    auto calls = Json::array();
    for (auto const& call : std::span{c.calls}.first(std::min(task.calls, c.calls.size()))) {
        auto const& not_asked = request.unasked.emplace_back(unasked(call, prepared));
        if (not_asked)
            continue;
        auto args = Json::array();
        for (auto const& a : call.args)
            args.push_back(worker_text(a));
        calls.push_back({{"module", call.module}, {"function", call.function}, {"args", args}});
    }
    request.message = {{"do", "case"}, {"limits", worker_limits(limits)},
        {"modules", std::move(modules)}, {"calls", std::move(calls)}, {"careful", false}};
    return request;
}

} // namespace touchstone
