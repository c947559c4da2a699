#include "oracles/child_death.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstring>

namespace touchstone {

std::string last_words(int log)
{
    std::array<char, 600> text{};
    auto const size = lseek(log, 0, SEEK_END);
    auto const from = std::max<off_t>(0, size - static_cast<off_t>(text.size()));
    auto const n = pread(log, text.data(), text.size(), from);
    std::string words{text.data(), static_cast<std::size_t>(std::max<ssize_t>(0, n))};
    std::ranges::replace(words, '\n', ' ');
    while (!words.empty() && words.back() == ' ')
        words.pop_back();
    return words;
}

Death death_of(int status, std::string const& last_words)
{
    auto const words = last_words.empty() ? std::string{} : ": " + last_words;
    if (!WIFSIGNALED(status))
        return {End::Crashed, "exit status " + std::to_string(WEXITSTATUS(status)) + words};
    auto const signal = WTERMSIG(status);
    if (signal == SIGKILL)
        return {End::Refused, "killed from outside, as when the machine is out of memory"};
    return {
        End::Crashed, "signal " + std::to_string(signal) + " (" + strsignal(signal) + ")" + words};
}

} // namespace touchstone
