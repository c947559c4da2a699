// Any bytes: `decode` answers, and what it accepts survives encoding.
#include "engine/binary/decode.hpp"
#include "engine/binary/encode.hpp"
#include "engine/binary/names.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    using namespace touchstone;
    auto const m = decode({data, size});
    if (!m) {
        if (m.error().message.empty() || m.error().offset > size)
            std::abort();
        return 0;
    }
    auto const bytes = encode(*m);
    auto const again = decode(bytes);
    if (!again || *again != *m || encode(*again) != bytes)
        std::abort();
    (void)decode_names(*m);
    return 0;
}
