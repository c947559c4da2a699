// Any bytes: `validate` answers for whatever `decode` takes, alike for what it encodes to.
#include "engine/binary/decode.hpp"
#include "engine/binary/encode.hpp"
#include "engine/validation/validate.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    using namespace touchstone;
    auto m = decode({data, size});
    if (!m)
        return 0;
    auto again = decode(encode(*m));
    if (!again)
        std::abort();
    auto const v = validate(std::move(*m));
    auto const w = validate(std::move(*again));
    if (v.has_value() != w.has_value())
        std::abort();
    if (!v && (v.error().kind == Error::Kind::Malformed || v.error().message.empty() ||
                  v.error().message != w.error().message || v.error().rule != w.error().rule))
        std::abort();
    if (v && ((*v)->features() != (*w)->features() || !wasm3.contains((*v)->features())))
        std::abort();
    return 0;
}
