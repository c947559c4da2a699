#include "engine/text/keywords.hpp"

#include <unordered_map>

namespace touchstone::text {

static std::unordered_map<std::string_view, KeywordId> make_keywords()
{
    std::unordered_map<std::string_view, KeywordId> keywords;
    keywords.reserve(static_cast<std::size_t>(Word::End));
#define WORD(name, text) keywords.try_emplace(text, static_cast<KeywordId>(Word::name));
#include "engine/text/words.inc"
#undef WORD
    for (std::size_t i = 0; i < op_table.size(); ++i)
        keywords.try_emplace(op_table[i].text, static_cast<KeywordId>(i));
    return keywords;
}

/// What a module must be allowed to use so that this is a keyword.
static Feature feature_of(KeywordId k)
{
    if (is_opcode(k))
        return op_table[k].since;
    switch (static_cast<Word>(k)) {
    case Word::PageSize: return Feature::CustomPageSizes;
    case Word::Do: return Feature::LegacyExceptions;
    default: return Feature::Wasm1;
    }
}

KeywordId find_keyword(std::string_view spelling, FeatureSet features)
{
    static auto const keywords = make_keywords();
    auto const at = keywords.find(spelling);
    if (at == keywords.end())
        return no_keyword;
    auto const needed = feature_of(at->second);
    return wasm3.has(needed) || features.has(needed) ? at->second : no_keyword;
}

} // namespace touchstone::text
