#include "reports/json_fields.hpp"

#include <fmt/format.h>

#include <utility>

namespace touchstone::reports {

using nlohmann::ordered_json;

/// What a value is that is no count.
static std::string not_a_count(ordered_json const& v)
{
    if (v.is_number_integer())
        return fmt::format("is negative: {}", v.dump());
    if (v.is_number())
        return fmt::format("is no whole number: {}", v.dump());
    return fmt::format("is no number but {}", v.type_name());
}

static Count as_count(ordered_json const& v)
{
    return v.is_number_unsigned() ? Count{v.get<std::uint64_t>()} : std::nullopt;
}

Fields::Fields(ordered_json const& object, std::string where, Problems& problems)
    : object_{&object}, where_{std::move(where)}, problems_{&problems}
{}

std::string Fields::place(std::string_view key) const
{
    return where_.empty() ? std::string{key} : fmt::format("{}.{}", where_, key);
}

void Fields::note(std::string_view key, std::string what) const
{
    problems_->push_back({.where = place(key), .what = std::move(what)});
}

ordered_json const* Fields::find(std::string_view key) const
{
    auto const at = object_->find(std::string{key});
    if (at != object_->end())
        return &*at;
    note(key, "is missing");
    return nullptr;
}

bool Fields::has(std::string_view key) const
{
    return object_->find(std::string{key}) != object_->end();
}

Count Fields::count(std::string_view key) const
{
    auto const* const v = find(key);
    if (v == nullptr)
        return std::nullopt;
    auto const n = as_count(*v);
    if (!n)
        note(key, not_a_count(*v));
    return n;
}

std::optional<double> Fields::number(std::string_view key) const
{
    auto const* const v = find(key);
    if (v == nullptr)
        return std::nullopt;
    if (!v->is_number() || v->get<double>() < 0) {
        note(key, v->is_number() ? fmt::format("is negative: {}", v->dump()) : not_a_count(*v));
        return std::nullopt;
    }
    return v->get<double>();
}

std::string Fields::text(std::string_view key) const
{
    auto const* const v = find(key);
    if (v == nullptr)
        return {};
    if (!v->is_string()) {
        note(key, fmt::format("is no text but {}", v->type_name()));
        return {};
    }
    return v->get<std::string>();
}

std::optional<std::string> Fields::text_or_null(std::string_view key) const
{
    auto const* const v = find(key);
    if (v == nullptr || v->is_null())
        return std::nullopt;
    return text(key);
}

bool Fields::flag(std::string_view key) const
{
    auto const* const v = find(key);
    if (v == nullptr)
        return false;
    if (!v->is_boolean()) {
        note(key, fmt::format("is neither true nor false but {}", v->type_name()));
        return false;
    }
    return v->get<bool>();
}

std::vector<std::string> Fields::texts(std::string_view key) const
{
    std::vector<std::string> all;
    auto const* const v = find(key);
    if (v == nullptr)
        return all;
    if (!v->is_array())
        note(key, fmt::format("is no list but {}", v->type_name()));
    else
        for (auto const& e : *v) {
            if (e.is_string())
                all.push_back(e.get<std::string>());
            else
                note(key, fmt::format("holds {} where a text must be", e.type_name()));
        }
    return all;
}

NamedCounts Fields::counts(std::string_view key) const
{
    NamedCounts all;
    auto const* const v = find(key);
    if (v == nullptr)
        return all;
    if (!v->is_object()) {
        note(key, fmt::format("is no object of counts but {}", v->type_name()));
        return all;
    }
    for (auto const& [name, value] : v->items()) {
        all.push_back({.name = name, .count = as_count(value)});
        if (!all.back().count)
            note(fmt::format("{}.{}", key, name), not_a_count(value));
    }
    return all;
}

std::vector<Fields> Fields::objects(std::string_view key) const
{
    std::vector<Fields> all;
    auto const* const v = find(key);
    if (v == nullptr)
        return all;
    if (!v->is_array()) {
        note(key, fmt::format("is no list but {}", v->type_name()));
        return all;
    }
    for (std::size_t i = 0; i < v->size(); ++i) {
        auto name = fmt::format("{}[{}]", key, i);
        if ((*v)[i].is_object())
            all.emplace_back((*v)[i], place(name), *problems_);
        else
            note(name, fmt::format("is no object but {}", (*v)[i].type_name()));
    }
    return all;
}

} // namespace touchstone::reports
