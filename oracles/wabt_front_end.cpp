#include "oracles/wabt_front_end.hpp"

#include <wabt/binary-reader-ir.h>
#include <wabt/binary-reader.h>
#include <wabt/binary-writer.h>
#include <wabt/ir.h>
#include <wabt/stream.h>
#include <wabt/validator.h>
#include <wabt/wast-lexer.h>
#include <wabt/wast-parser.h>

#include <memory>

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

std::expected<std::vector<std::uint8_t>, std::string> assemble_by_wabt(
    std::string_view text, wabt::Features const& features)
{
    wabt::Errors errors;
    auto const lexer = wabt::WastLexer::CreateBufferLexer("", text.data(), text.size(), &errors);
    wabt::WastParseOptions options{features};
    std::unique_ptr<wabt::Module> module;
    if (wabt::Failed(wabt::ParseWatModule(lexer.get(), &module, &errors, &options)) ||
        wabt::Failed(wabt::ValidateModule(module.get(), &errors, wabt::ValidateOptions{features})))
        return std::unexpected{first_of(errors)};
    wabt::MemoryStream stream;
    wabt::WriteBinaryOptions write;
    write.features = features;
    if (wabt::Failed(wabt::WriteBinaryModule(&stream, module.get(), write)))
        return std::unexpected{"not written"};
    return stream.output_buffer().data;
}

} // namespace touchstone
