#include "oracles/prepared.hpp"

#include "engine/binary/decode.hpp"
#include "engine/text/parse.hpp"

#include <utility>

namespace touchstone {

static PreparedModule checked(std::expected<Module, Error> module, FeatureSet profile)
{
    if (!module)
        return std::unexpected{std::move(module.error())};
    auto valid = validate(std::move(*module));
    if (!valid)
        return valid;
    if (auto const missing = (*valid)->features().first_missing_in(profile))
        return std::unexpected{Error{.kind = Error::Kind::Unsupported,
            .message = "the profile does not have it",
            .feature = missing}};
    return valid;
}

PreparedModule prepare(std::span<std::uint8_t const> bytes, FeatureSet profile)
{
    return checked(decode(bytes, profile), profile);
}

PreparedModule prepare(CaseModule const& m)
{
    return m.format == Format::Text ? checked(parse_module(m.text()), wasm3) : prepare(m.bytes);
}

Prepared prepare(Case const& c)
{
    Prepared prepared{.what = &c, .modules = {}};
    prepared.modules.reserve(c.modules.size());
    for (auto const& m : c.modules)
        prepared.modules.push_back(prepare(m));
    return prepared;
}

CallObservation refusal(Error const& e)
{
    CallObservation seen;
    switch (e.kind) {
    case Error::Kind::Malformed: seen.end = End::Malformed; break;
    case Error::Kind::Invalid: seen.end = End::Invalid; break;
    case Error::Kind::Unsupported: seen.end = End::Unsupported; break;
    }
    seen.feature = e.feature;
    seen.detail = describe(e);
    return seen;
}

CallObservation unsupported(Feature f)
{
    CallObservation seen;
    seen.end = End::Unsupported;
    seen.feature = f;
    seen.detail = name(f);
    return seen;
}

CallObservation takes_no_text()
{
    CallObservation seen;
    seen.end = End::Unsupported;
    seen.detail = "the engine does not take the text format";
    return seen;
}

static bool fits(ValType param, Value const& arg)
{
    if (param.kind != arg.kind)
        return false;
    if (!param.is_ref())
        return true;
    if (arg.ref == RefKind::Null)
        return param.nullable;
    if (arg.ref != RefKind::Host)
        return false; // no other reference can come from outside
    return param.heap == HeapType{arg.is_extern ? AbsHeapType::Extern : AbsHeapType::Any};
}

bool arguments_fit(ResultType const& params, std::span<Value const> args)
{
    return std::ranges::equal(params, args, fits);
}

} // namespace touchstone
