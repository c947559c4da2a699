#include "harness/campaign/regression.hpp"

#include "cases/file.hpp"
#include "harness/campaign/finding.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>

namespace touchstone::campaign {

namespace fs = std::filesystem;

namespace {

/// The number in front of a regression's name; 0 for other folders.
unsigned number_of(fs::path const& folder)
{
    auto const name = folder.filename().string();
    unsigned n = 0;
    auto const end = std::from_chars(name.data(), name.data() + name.size(), n).ptr;
    return end != name.data() && end != name.data() + name.size() && *end == '-' ? n : 0;
}

void copy_files(fs::path const& from, fs::path const& to)
{
    for (auto const& entry : fs::directory_iterator{from})
        if (entry.is_regular_file() && entry.path().filename() != "repro.sh")
            fs::copy_file(entry.path(), to / entry.path().filename());
}

std::string name_of(fs::path const& finding, Case const& c)
{
    auto const title = title_in(finding);
    auto const name = folder_name(title ? *title : c.origin);
    return name.empty() ? "case" : name;
}

bool is_same(Case const& a, Case const& b)
{
    return a.modules == b.modules && a.calls == b.calls;
}

} // namespace

std::string folder_name(std::string_view text)
{
    constexpr std::size_t longest = 80;
    std::string s;
    for (char const c : text) {
        if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.' || c == '_')
            s += c;
        else if (!s.empty() && s.back() != '-')
            s += '-';
    }
    s.resize(std::min(s.size(), longest));
    while (s.ends_with('-'))
        s.pop_back();
    return s;
}

std::expected<Regression, std::string> add_regression(
    fs::path const& finding, fs::path const& corpus)
{
    auto const wanted = load_case(finding);
    if (!wanted)
        return std::unexpected{wanted.error()};
    fs::path beside;
    std::error_code ignored;
    try {
        fs::create_directories(corpus);
        unsigned last = 0;
        for (auto const& entry : fs::directory_iterator{corpus}) {
            auto const number = number_of(entry.path());
            last = std::max(last, number);
            if (number == 0)
                continue;
            if (auto const there = load_case(entry.path()); there && is_same(*there, *wanted))
                return Regression{.folder = entry.path(), .is_new = false};
        }
        auto const name = fmt::format("{:04}-{}", last + 1, name_of(finding, *wanted));
        beside = corpus / ("." + name + ".partial");
        fs::remove_all(beside);
        fs::create_directories(beside);
        if (fs::is_directory(finding)) {
            copy_files(finding, beside);
        } else if (auto const saved = save_case(*wanted, beside); !saved) {
            fs::remove_all(beside, ignored);
            return std::unexpected{saved.error()};
        }
        fs::rename(beside, corpus / name);
        return Regression{.folder = corpus / name};
    } catch (fs::filesystem_error const& e) {
        if (!beside.empty())
            fs::remove_all(beside, ignored);
        return std::unexpected{std::string{e.what()}};
    }
}

} // namespace touchstone::campaign
