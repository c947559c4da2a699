#include "cases/file.hpp"

#include "cases/bare_module.hpp"
#include "cases/bytes_on_disk.hpp"
#include "cases/value_json.hpp"
#include "engine/binary/encode.hpp"
#include "engine/text/parse.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <stdexcept>

namespace touchstone {

namespace {

namespace fs = std::filesystem;
using json = nlohmann::ordered_json;

constexpr auto schema = "touchstone.case/1";
constexpr auto case_name = "case.json";

std::unexpected<std::string> error_in(fs::path const& path, std::string_view reason)
{
    return std::unexpected{fmt::format("{}: {}", path.string(), reason)};
}

constexpr std::string_view text_suffix = ".wat"; ///< a module's file says which format it is in

std::string module_name(CaseModule const& m, std::size_t i)
{
    return fmt::format("{}{}", i, m.format == Format::Text ? text_suffix : ".wasm");
}

std::span<std::uint8_t const> bytes_of(std::string const& text)
{
    return {reinterpret_cast<std::uint8_t const*>(text.data()), text.size()};
}

std::string_view text_of(std::vector<std::uint8_t> const& bytes)
{
    return {reinterpret_cast<char const*>(bytes.data()), bytes.size()};
}

json to_json(Case const& c)
{
    auto modules = json::array();
    for (std::size_t i = 0; i < c.modules.size(); ++i)
        modules.push_back(
            json::object({{"name", c.modules[i].name}, {"file", module_name(c.modules[i], i)}}));
    auto calls = json::array();
    for (auto const& call : c.calls) {
        auto args = json::array();
        for (auto const& v : call.args)
            args.push_back(value_to_json(v));
        calls.push_back(json::object(
            {{"module", call.module}, {"function", call.function}, {"args", std::move(args)}}));
    }
    return {{"schema", schema}, {"origin", c.origin}, {"modules", std::move(modules)},
        {"calls", std::move(calls)}};
}

/// The member, which must be there and be of this kind.
json const& member(json const& j, char const* key, nlohmann::json::value_t type)
{
    auto const at = j.find(key);
    if (at == j.end())
        throw std::invalid_argument{fmt::format("\"{}\" is missing", key)};
    if (at->type() != type)
        throw std::invalid_argument{
            fmt::format("\"{}\" is of the wrong type ({})", key, at->type_name())};
    return *at;
}

std::string text_member(json const& j, char const* key)
{
    return member(j, key, json::value_t::string).get<std::string>();
}

void require_object(json const& j, char const* what)
{
    if (!j.is_object())
        throw std::invalid_argument{fmt::format("{} is no object", what)};
}

/// A name in the folder itself: a case cannot make us read other files.
std::string file_member(json const& j)
{
    auto name = text_member(j, "file");
    if (name.empty() || name.find('/') != std::string::npos ||
        name.find('\0') != std::string::npos || name == "..")
        throw std::invalid_argument{"\"file\" is no plain file name"};
    return name;
}

Call call_from_json(json const& j, std::size_t modules)
{
    require_object(j, "a call");
    auto const module = member(j, "module", json::value_t::number_unsigned).get<std::uint64_t>();
    if (module >= modules)
        throw std::invalid_argument{fmt::format("a call of module {}, which is not there", module)};
    Call call{.module = static_cast<std::uint32_t>(module), .function = text_member(j, "function")};
    for (auto const& v : member(j, "args", json::value_t::array))
        call.args.push_back(value_from_json(v));
    return call;
}

struct CaseFile
{
    Case c;                         ///< modules without their bytes
    std::vector<std::string> files; ///< one a module
};

CaseFile case_from_json(json const& j)
{
    require_object(j, "a case");
    if (auto const found = text_member(j, "schema"); found != schema)
        throw std::invalid_argument{
            fmt::format("the schema is \"{}\" and not \"{}\"", found, schema)};
    CaseFile f;
    f.c.origin = text_member(j, "origin");
    for (auto const& m : member(j, "modules", json::value_t::array)) {
        require_object(m, "a module");
        f.files.push_back(file_member(m));
        f.c.modules.push_back({.name = text_member(m, "name"),
            .bytes = {},
            .format = f.files.back().ends_with(text_suffix) ? Format::Text : Format::Binary});
    }
    for (auto const& call : member(j, "calls", json::value_t::array))
        f.c.calls.push_back(call_from_json(call, f.c.modules.size()));
    return f;
}

std::expected<Case, std::string> load_case_file(fs::path const& path)
{
    auto const bytes = read_bytes(path);
    if (!bytes)
        return std::unexpected{bytes.error()};
    CaseFile f;
    try {
        f = case_from_json(json::parse(text_of(*bytes)));
    } catch (json::parse_error const& e) {
        return error_in(path, fmt::format("byte {}: not JSON: {}", e.byte, e.what()));
    } catch (json::exception const& e) { // a number that is too large
        return error_in(path, e.what());
    } catch (std::invalid_argument const& e) {
        return error_in(path, e.what());
    }
    for (std::size_t i = 0; i < f.files.size(); ++i) {
        auto module = read_bytes(path.parent_path() / f.files[i]);
        if (!module)
            return std::unexpected{std::move(module.error())};
        f.c.modules[i].bytes = *std::move(module);
    }
    return std::move(f.c);
}

std::expected<Case, std::string> load_text_module(fs::path const& path)
{
    auto const bytes = read_bytes(path);
    if (!bytes)
        return std::unexpected{bytes.error()};
    auto const m = parse_module(text_of(*bytes));
    if (!m)
        return std::unexpected{fmt::format(
            "{}:{}:{}: {}", path.string(), m.error().line, m.error().column, m.error().message)};
    return case_of_module(encode(*m), path.string());
}

std::expected<Case, std::string> load_binary_module(fs::path const& path)
{
    auto bytes = read_bytes(path);
    if (!bytes)
        return std::unexpected{std::move(bytes.error())};
    return case_of_module(*std::move(bytes), path.string());
}

} // namespace

std::expected<void, std::string> save_case(Case const& c, fs::path const& folder)
{
    std::string text;
    try {
        text = to_json(c).dump(2) + "\n";
    } catch (std::invalid_argument const& e) {
        return error_in(folder / case_name, e.what());
    } catch (json::exception const& e) { // a name that is no UTF-8
        return error_in(folder / case_name, e.what());
    }
    std::error_code code;
    fs::create_directories(folder, code);
    if (code)
        return error_in(folder, fmt::format("cannot create the folder: {}", code.message()));
    for (std::size_t i = 0; i < c.modules.size(); ++i)
        if (auto written = write_bytes(folder / module_name(c.modules[i], i), c.modules[i].bytes);
            !written)
            return written;
    return write_bytes(folder / case_name, bytes_of(text));
}

std::expected<Case, std::string> load_case(fs::path const& path)
{
    std::error_code code;
    if (fs::is_directory(path, code))
        return load_case_file(path / case_name);
    auto const extension = path.extension();
    if (extension == ".json")
        return load_case_file(path);
    if (extension == ".wasm")
        return load_binary_module(path);
    if (extension == ".wat")
        return load_text_module(path);
    return error_in(path, "neither a case folder nor a .json, .wasm or .wat file");
}

} // namespace touchstone
