#include "engine/text/parse.hpp"

#include "engine/text/module_parser.hpp"

#include <algorithm>
#include <iterator>

namespace touchstone {

std::expected<Module, Error> parse_module(
    std::string_view text, std::vector<Error>* custom_problems, FeatureSet features)
{
    try {
        auto const tokens = text::tokenize(text, features);
        text::Cursor in{tokens};
        auto const in_parens = in.take_open_if(text::Word::Module);
        text::ModuleParser parser{in};
        auto module = parser.fields(in_parens ? in.id_opt() : std::nullopt);
        if (custom_problems != nullptr)
            std::ranges::move(parser.take_custom_problems(), std::back_inserter(*custom_problems));
        if (in_parens)
            in.close();
        in.expect(text::Token::Kind::EndOfText);
        return module;
    } catch (Refused const& refused) {
        return std::unexpected{refused.error};
    }
}

} // namespace touchstone
