// Functions: parameters, locals and body.

#include "engine/text/characters.hpp"
#include "engine/text/module_parser.hpp"

#include <fmt/format.h>

namespace touchstone::text {

void ModuleParser::function_body(
    Func& func, Index index, Signature const& s, std::optional<TypeUse> silent)
{
    function_ = index;
    block_count_ = 0;
    local_count_ = 0;
    untold_params_ = silent;
    for (auto const& id : s.param_ids) {
        if (id)
            bind_local(*id, s.offset);
        ++local_count_;
    }
    local_count_ = static_cast<Index>(s.type.params.size());
    try {
        locals(func);
        func.body = expression();
    } catch (Refused& refused) {
        refused.error.function = index;
        throw;
    }
    function_.reset();
    if (!locals_.empty())
        locals_ = decltype(locals_){}; // clear() costs as much as the largest function had locals
}

/// (local $id? t)*: locals of one type in a row are one group; an empty (local) ends it, so that
/// every grouping of the binary format can be written.
void ModuleParser::locals(Func& func)
{
    bool grouping = false;
    auto add = [&](ValType type) {
        if (grouping && func.locals.back().type == type)
            ++func.locals.back().count;
        else
            func.locals.push_back({1, type});
        grouping = true;
        ++local_count_;
    };
    while (in_.take_open_if(Word::Local)) {
        auto const at = in_.offset();
        if (auto const id = in_.id_opt()) {
            bind_local(*id, at);
            add(val_type());
        } else if (in_.at(Token::Kind::Close)) {
            grouping = false;
        } else {
            while (!in_.at(Token::Kind::Close))
                add(val_type());
        }
        in_.close();
    }
}

/// Names the next local. Only now does it matter how many parameters a mere (type x) has.
void ModuleParser::bind_local(std::string_view id, std::uint32_t offset)
{
    if (untold_params_) {
        auto const& type = known_func_type(untold_params_->type, untold_params_->offset);
        local_count_ += static_cast<Index>(type.params.size());
        untold_params_.reset();
    }
    if (!locals_.try_emplace(id, local_count_).second)
        in_.refuse(offset, fmt::format("duplicate local ${}", shortened(id)));
    m_.names.locals[*function_].emplace(local_count_, id);
}

} // namespace touchstone::text
