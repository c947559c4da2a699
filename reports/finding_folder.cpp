#include "reports/finding_folder.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <fstream>

namespace touchstone::reports {

namespace fs = std::filesystem;

namespace {

/// A page shows so much of a text: a minimized case is far smaller.
constexpr std::size_t max_shown_bytes = 100'000;
constexpr std::size_t max_modules_shown = 8;

std::optional<FindingText> read_text(fs::path const& file)
{
    std::error_code ignored;
    if (!fs::is_regular_file(file, ignored))
        return std::nullopt;
    std::ifstream in{file, std::ios::binary};
    FindingText t{.name = file.filename().string(), .text = {}};
    t.text.resize(max_shown_bytes + 1);
    in.read(t.text.data(), static_cast<std::streamsize>(t.text.size()));
    t.text.resize(static_cast<std::size_t>(in.gcount()));
    if (in.bad() || !in.is_open())
        return std::nullopt;
    t.is_cut = t.text.size() > max_shown_bytes;
    t.text.resize(std::min(t.text.size(), max_shown_bytes));
    return t;
}

std::optional<fs::path> find_folder(std::string const& folder, fs::path const& result)
{
    std::error_code ignored;
    for (auto const& candidate : {fs::path{folder}, result.parent_path() / folder})
        if (fs::is_directory(candidate, ignored))
            return candidate;
    return std::nullopt;
}

/// The minimized module if there is one, otherwise the case's modules by number.
std::vector<FindingText> module_texts(fs::path const& folder)
{
    std::vector<FindingText> texts;
    if (auto min = read_text(folder / "min.wat")) {
        texts.push_back(std::move(*min));
        return texts;
    }
    for (std::size_t i = 0; i < max_modules_shown; ++i) {
        auto text = read_text(folder / fmt::format("{}.wat", i));
        if (!text)
            break;
        texts.push_back(std::move(*text));
    }
    return texts;
}

class FolderReader
{
public:
    FolderReader(CampaignBucket& bucket, fs::path folder)
        : bucket_{bucket}, folder_{std::move(folder)}
    {}

    void read()
    {
        read_finding();
        bucket_.texts = module_texts(folder_);
        if (bucket_.texts.empty())
            note("holds no text of a module (min.wat, 0.wat)");
        if (auto script = read_text(folder_ / "test.wast"))
            bucket_.texts.push_back(std::move(*script));
        else
            note("holds no test.wast");
    }

private:
    void read_finding()
    {
        auto const text = read_text(folder_ / "finding.json");
        if (!text)
            return note("holds no finding.json");
        auto const j = nlohmann::json::parse(text->text, nullptr, false);
        if (!j.is_object() || j.value("schema", nlohmann::json{}) != "touchstone.finding/1")
            return note("finding.json is no touchstone.finding/1");
        auto const signature = j.find("signature");
        if (signature == j.end() || !signature->is_string())
            note("finding.json has no signature");
        else if (!belongs(signature->get<std::string>()))
            note(fmt::format("finding.json has the signature {}", signature->get<std::string>()));
        if (auto const detail = j.find("detail"); detail != j.end() && detail->is_string())
            bucket_.folder_detail = detail->get<std::string>();
        else
            note("finding.json has no detail");
        auto const answers = j.find("answers");
        if (answers == j.end() || !answers->is_array())
            return note("finding.json has no `answers`");
        for (auto const& a : *answers)
            read_answer(a);
    }

    [[nodiscard]] bool belongs(std::string const& signature) const
    {
        auto const& all = bucket_.signatures;
        return signature == bucket_.signature || std::ranges::find(all, signature) != all.end();
    }

    void read_answer(nlohmann::json const& a)
    {
        auto const text = [&](char const* key) {
            auto const v = a.is_object() ? a.find(key) : a.end();
            return a.is_object() && v != a.end() && v->is_string()
                       ? std::optional{v->get<std::string>()}
                       : std::nullopt;
        };
        auto const oracle = text("oracle");
        auto const answer = text("answer");
        if (oracle && answer)
            bucket_.answers.push_back({.oracle = *oracle, .answer = *answer});
        else
            note("finding.json has an answer without `oracle` or `answer`");
    }

    void note(std::string what)
    {
        bucket_.problems.push_back({.where = bucket_.folder, .what = std::move(what)});
    }

    CampaignBucket& bucket_;
    fs::path folder_;
};

} // namespace

void read_folder(CampaignBucket& bucket, fs::path const& result)
{
    if (auto folder = find_folder(bucket.folder, result))
        FolderReader{bucket, std::move(*folder)}.read();
    else
        bucket.problems.push_back(
            {.where = bucket.folder, .what = "the finding's folder is not there"});
}

} // namespace touchstone::reports
