#include "oracles/wabt_front_end.hpp"

#include <wabt/binary-reader-ir.h>
#include <wabt/binary-reader.h>
#include <wabt/ir.h>
#include <wabt/validator.h>

namespace touchstone {

static std::string first_of(wabt::Errors const& errors)
{
    return errors.empty() ? "refused without a reason" : errors.front().message;
}

std::optional<std::string> refused_by_wabt(
    std::span<std::uint8_t const> bytes, wabt::Features const& features)
{
    // no names: a name section that makes no sense is no reason to refuse a module
    wabt::ReadBinaryOptions const options{features, nullptr, false, true, true};
    wabt::Errors errors;
    wabt::Module module;
    auto const read = wabt::ReadBinaryIr("", bytes.data(), bytes.size(), options, &errors, &module);
    if (wabt::Failed(read) ||
        wabt::Failed(wabt::ValidateModule(&module, &errors, wabt::ValidateOptions{features})))
        return first_of(errors);
    return std::nullopt;
}

} // namespace touchstone
