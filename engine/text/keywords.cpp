#include "engine/text/keywords.hpp"

#include <unordered_map>

namespace touchstone::text {

static std::unordered_map<std::string_view, KeywordId> make_keywords()
{
    std::unordered_map<std::string_view, KeywordId> keywords;
    keywords.reserve(static_cast<std::size_t>(Word::End));
    for (std::size_t i = 0; i < op_table.size(); ++i)
        keywords.try_emplace(op_table[i].text, static_cast<KeywordId>(i));
#define WORD(name, text) keywords.try_emplace(text, static_cast<KeywordId>(Word::name));
#include "engine/text/words.inc"
#undef WORD
    return keywords;
}

KeywordId find_keyword(std::string_view spelling)
{
    static auto const keywords = make_keywords();
    auto const at = keywords.find(spelling);
    return at != keywords.end() ? at->second : no_keyword;
}

} // namespace touchstone::text
