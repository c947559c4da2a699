#pragma once
// Reads the fields of a JSON object that somebody else wrote, and notes each that is missing or
// impossible.

#include "reports/model.hpp"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace touchstone::reports {

/// One object. It and `problems` outlive this.
class Fields
{
public:
    /// `where` names the object: "" is the whole result, "oracles[1]" a part.
    Fields(nlohmann::ordered_json const& object, std::string where, Problems& problems);

    /// What is noted from now on goes there: to the row that the object turned out to be.
    void note_in(Problems& problems) { problems_ = &problems; }

    [[nodiscard]] bool has(std::string_view key) const;
    [[nodiscard]] Count count(std::string_view key) const;
    [[nodiscard]] std::optional<double> number(std::string_view key) const;
    [[nodiscard]] std::string text(std::string_view key) const;
    [[nodiscard]] bool flag(std::string_view key) const;
    [[nodiscard]] std::vector<std::string> texts(std::string_view key) const;
    /// An object whose values are counts.
    [[nodiscard]] NamedCounts counts(std::string_view key) const;
    /// A list of objects.
    [[nodiscard]] std::vector<Fields> objects(std::string_view key) const;
    /// Null is there, as nothing.
    [[nodiscard]] std::optional<std::string> text_or_null(std::string_view key) const;

    [[nodiscard]] std::string const& where() const { return where_; }
    void note(std::string_view key, std::string what) const;

private:
    [[nodiscard]] nlohmann::ordered_json const* find(std::string_view key) const;
    [[nodiscard]] std::string place(std::string_view key) const;

    nlohmann::ordered_json const* object_;
    std::string where_;
    Problems* problems_;
};

} // namespace touchstone::reports
