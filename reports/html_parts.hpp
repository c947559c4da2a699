#pragma once
// What the sections of the page are made of. Functions append to `out`; text goes through
// `html_text`.

#include "reports/model.hpp"

#include <string>
#include <string_view>

namespace touchstone::reports {

/// All before the sections: head, style and the first heading. The page asks for nothing from
/// outside.
void add_page_start(std::string& out, std::string_view touchstone, std::string_view title,
    std::string_view heading);

/// All after them, with the script.
void add_page_end(std::string& out, std::string_view touchstone);

/// A box that lists problems; nothing if there are none. `title` is text.
void add_problems(std::string& out, Problems const& problems, std::string_view title);

/// The same inside a row, without a title.
void add_row_problems(std::string& out, Problems const& problems);

/// <td class=n>, and marked where the data do not say; `marked` names a class for counts that are
/// not 0.
void add_count_cell(std::string& out, Count count, std::string_view marked = "");

/// "12.50%"; what is not all or nothing does not look like it: ">99.99%", "<0.01%". Empty where the
/// data do not say.
[[nodiscard]] std::string share_text(Count part, Count whole);

/// A cell with the count and its share of a whole.
void add_share_cell(std::string& out, Count part, Count whole);

/// A command in a box of its own.
void add_command(std::string& out, std::string_view command);

/// The box to filter items by name, and to show only those with problems where `can_hide_good`;
/// useless without script, hence hidden until it runs. `what`: "files".
void add_filter(std::string& out, std::string_view id, std::string_view what, std::size_t count,
    bool can_hide_good);

/// Names of all counts, in the order in which they first occur, then of the next.
void collect_names(std::vector<std::string>& names, NamedCounts const& counts);

/// What stands behind the last slash.
[[nodiscard]] std::string_view file_name(std::string_view path);

/// "1 file", "2 files".
[[nodiscard]] std::string plural(std::uint64_t n, std::string_view one);

} // namespace touchstone::reports
