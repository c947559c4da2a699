#include "cases/shell_word.hpp"

namespace touchstone {

std::string shell_word(std::string_view text)
{
    constexpr std::string_view plain =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./:=,+-@%";
    if (!text.empty() && text.find_first_not_of(plain) == std::string_view::npos)
        return std::string{text};
    std::string word = "'";
    for (char const c : text)
        word += c == '\'' ? "'\\''" : std::string{c};
    return word + "'";
}

} // namespace touchstone
