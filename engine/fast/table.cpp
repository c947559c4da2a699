#include "engine/fast/runtime.hpp"

#include <new>

namespace touchstone::fast {

bool Table::resize(std::uint64_t size, Slot init)
{
    if (size > elements.max_size())
        return false;
    try {
        elements.resize(size, init);
    } catch (std::bad_alloc const&) {
        return false;
    }
    return true;
}

} // namespace touchstone::fast
