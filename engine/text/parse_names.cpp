// The first pass over a module's fields: what is called what, and which index it has.

#include "engine/text/characters.hpp"
#include "engine/text/module_parser.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace touchstone::text {

void ModuleParser::collect_names()
{
    auto const start = in_.position();
    while (in_.at(Token::Kind::Open)) {
        auto const field = in_.position();
        in_.take();
        if (!in_.at(Token::Kind::Keyword))
            in_.unexpected();
        if (in_.at(Word::Type) || in_.at(Word::Rec))
            type_places_.push_back(field);
        collect_field(static_cast<Word>(in_.take().keyword));
        in_.move_to(field);
        in_.skip_parens();
    }
    in_.move_to(start);
}

void ModuleParser::collect_field(Word word)
{
    switch (word) {
    case Word::Type: return collect_definition(types_);
    case Word::Rec: return collect_rec();
    case Word::Import: return collect_import();
    case Word::Func: return collect_definition(funcs_);
    case Word::Global: return collect_definition(globals_);
    case Word::Tag: return collect_definition(tags_);
    case Word::Elem: return collect_definition(elems_);
    case Word::Data: return collect_definition(datas_);
    case Word::Table: collect_definition(tables_); return count_inline_segment(word);
    case Word::Memory: collect_definition(memories_); return count_inline_segment(word);
    default: return; // has no index, or is none and the last pass says so
    }
}

void ModuleParser::collect_definition(IndexSpace& space)
{
    auto const at = in_.offset();
    bind(space, in_.id_opt(), at);
}

void ModuleParser::collect_rec()
{
    while (in_.take_open_if(Word::Type)) {
        collect_definition(types_);
        in_.skip_to_close();
    }
}

/// Also of compact-import-section: items with a type each, or items and the type of all.
void ModuleParser::collect_import()
{
    while (in_.at(Token::Kind::String))
        in_.take();
    Index untyped = 0;
    while (in_.at_open(Word::Item)) {
        auto const item = in_.position();
        in_.take_open_if(Word::Item);
        while (in_.at(Token::Kind::String))
            in_.take();
        if (in_.at(Token::Kind::Open))
            collect_extern(1);
        else
            ++untyped;
        in_.move_to(item);
        in_.skip_parens();
    }
    collect_extern(std::max(untyped, Index{1}));
}

/// (func ...), (table ...) and so on in an import: as many of it.
void ModuleParser::collect_extern(Index count)
{
    if (!in_.at(Token::Kind::Open))
        return;
    in_.take();
    for (auto const& [word, space] : {std::pair{Word::Func, &funcs_}, {Word::Table, &tables_},
             {Word::Memory, &memories_}, {Word::Global, &globals_}, {Word::Tag, &tags_}})
        if (in_.take_if(word)) {
            collect_definition(*space);
            space->count += count - 1;
            return;
        }
}

/// (table ... reftype (elem ...)) and (memory ... (data ...)) define a segment, too.
void ModuleParser::count_inline_segment(Word word)
{
    while (in_.at_open(Word::Export))
        in_.skip_parens();
    if (in_.at(Word::I32) || in_.at(Word::I64))
        in_.take();
    if (word == Word::Memory) {
        if (in_.at_open(Word::PageSize))
            in_.skip_parens();
        if (in_.at_open(Word::Data))
            bind(datas_, std::nullopt, in_.offset());
        return;
    }
    if (in_.at_open(Word::Ref))
        in_.skip_parens();
    else if (in_.at(Token::Kind::Keyword))
        in_.take();
    if (in_.at_open(Word::Elem))
        bind(elems_, std::nullopt, in_.offset());
}

void ModuleParser::bind(IndexSpace& space, std::optional<std::string_view> id, std::uint32_t offset)
{
    auto const index = space.count++;
    if (!id)
        return;
    if (!space.ids.try_emplace(*id, index).second)
        in_.refuse(offset, fmt::format("duplicate {} ${}", space.category, shortened(*id)));
    space.names->emplace_hint(space.names->end(), index, *id);
}

void ModuleParser::unknown(char const* category, std::uint32_t offset, std::string_view id)
{
    in_.refuse_if_cut();
    in_.refuse(offset, fmt::format("unknown {} ${}", category, shortened(id)));
}

Index ModuleParser::resolve(IndexSpace const& space, Token const& token)
{
    if (token.kind == Token::Kind::Nat)
        return static_cast<Index>(in_.nat(token, in_.spelling(token), 32, "i32"));
    auto const id = in_.id(token);
    auto const at = space.ids.find(id);
    if (at == space.ids.end())
        unknown(space.category, token.offset, id);
    return at->second;
}

Index ModuleParser::index(IndexSpace const& space)
{
    if (!at_index())
        in_.unexpected();
    return resolve(space, in_.take());
}

Index ModuleParser::index_opt(IndexSpace const& space)
{
    return at_index() ? index(space) : 0;
}

} // namespace touchstone::text
