#include "engine/text/parse.hpp"

#include "engine/text/module_parser.hpp"

namespace touchstone {

std::expected<Module, Error> parse_module(std::string_view text)
{
    try {
        auto const tokens = text::tokenize(text);
        text::Cursor in{tokens};
        auto const in_parens = in.take_open_if(text::Word::Module);
        auto module = text::ModuleParser{in}.fields(in_parens ? in.id_opt() : std::nullopt);
        if (in_parens)
            in.close();
        in.expect(text::Token::Kind::EndOfText);
        return module;
    } catch (Refused const& refused) {
        return std::unexpected{refused.error};
    }
}

} // namespace touchstone
