// Any bytes: `decode` answers, and what it accepts survives encoding, names and branch hints, too.
#include "engine/binary/custom_sections.hpp"
#include "engine/binary/decode.hpp"
#include "engine/binary/encode.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

/// What names and hints say is the same after they were written and read once more.
static void check_custom_sections(touchstone::Module m)
{
    using namespace touchstone;
    (void)read_custom_sections(m);
    auto again = decode(encode(m, {.names = true}));
    if (!again)
        std::abort();
    (void)read_custom_sections(*again);
    if (again->names != m.names || again->branch_hints != m.branch_hints)
        std::abort();
}

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
    check_custom_sections(*m);
    return 0;
}
