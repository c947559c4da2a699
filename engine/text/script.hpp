#pragma once
// A test script (.wast) as data: what the official suite's files contain.

#include "engine/syntax/error.hpp"
#include "engine/syntax/module.hpp"

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace touchstone::script {

/// A constant argument: (i32.const 7), (v128.const ...), (ref.null func), (ref.extern 3), (ref.host
/// 4).
struct Const
{
    enum class Kind : std::uint8_t
    {
        Num, ///< i32 i64 f32 f64, by `type`; bits in lo
        Vec, ///< v128: lo, hi
        RefNull,
        RefExtern, ///< lo: the number
        RefHost,   ///< lo: the number
    };
    Kind kind = Kind::Num;
    ValType type = i32; ///< of RefNull: the heap type as far as it is abstract
    std::uint64_t lo = 0;
    std::uint64_t hi = 0;
    friend bool operator==(Const const&, Const const&) = default;
};

/// One float result or lane: exact bits, or a class of NaNs.
enum class NanPattern : std::uint8_t
{
    None,
    Canonical,
    Arithmetic,
};

/// An expected result.
struct Pattern
{
    enum class Kind : std::uint8_t
    {
        Num,     ///< `type`, bits in lo, or `nan[0]`
        Vec,     ///< `lanes` lanes of `lane_bits`; lo, hi; nan[i] by lane
        RefNull, ///< any null; `type` if a heap type was written
        RefAny,  ///< (ref): any non-null reference that is neither func, exn nor extern
        RefEq,
        RefI31,
        RefStruct,
        RefArray,
        RefFunc,
        RefExn,
        RefExtern,    ///< (ref.extern), any
        RefExternNum, ///< (ref.extern n): lo
        RefHostNum,   ///< (ref.host n): lo
        Either,       ///< one of `either`
    };
    Kind kind = Kind::Num;
    ValType type = i32;
    bool is_float_lanes = false;
    std::uint8_t lane_bits = 0;
    std::uint64_t lo = 0;
    std::uint64_t hi = 0;
    std::array<NanPattern, 4> nan{};
    std::vector<Pattern> either;
    friend bool operator==(Pattern const&, Pattern const&) = default;
};

/// A module in a script. Text is parsed with the file; the other two when their command runs.
struct ScriptModule
{
    enum class Form : std::uint8_t
    {
        Text,
        Binary,
        Quote,
    };
    Form form = Form::Text;
    std::optional<std::string> id;      ///< without the dollar
    Module module;                      ///< of Text
    std::vector<Error> custom_problems; ///< of Text: with its annotations for custom sections
    std::string source;                 ///< of Binary: the bytes; of Quote: the text
    bool is_unreadable = false;         ///< there is nothing but the identifier
};

struct Action
{
    bool is_get = false;
    std::optional<std::string> instance;
    std::string name;
    std::vector<Const> args;
};

/// (module ...) or (module definition ...): the first also instantiates.
struct ModuleCommand
{
    ScriptModule module;
    bool is_definition = false;
};

/// (module instance $instance? $module?)
struct InstanceCommand
{
    std::optional<std::string> instance;
    std::optional<std::string> module;
};

struct RegisterCommand
{
    std::string name;
    std::optional<std::string> instance;
};

enum class AssertKind : std::uint8_t
{
    Return,
    Trap,
    Exhaustion,
    Exception,
    Suspension,
    Malformed,
    Invalid,
    Unlinkable,
    MalformedCustom,
    InvalidCustom,
};

/// Any assertion: on an action, on a module, or on an instance of a definition.
struct AssertCommand
{
    AssertKind kind = AssertKind::Return;
    std::variant<std::monostate, Action, ScriptModule, InstanceCommand> subject;
    std::vector<Pattern> results; ///< of Return
    std::string message;          ///< of the others
};

struct Command;

/// (thread $id? (shared (module $m))* commands)
struct ThreadCommand
{
    std::optional<std::string> id;
    std::vector<std::string> shared;
    std::vector<Command> commands;
};

struct WaitCommand
{
    std::optional<std::string> thread;
};

struct Command
{
    std::uint32_t line = 0;
    std::variant<ModuleCommand, InstanceCommand, RegisterCommand, Action, AssertCommand,
        ThreadCommand, WaitCommand>
        what;
};

struct Script
{
    std::vector<Command> commands;
};

} // namespace touchstone::script

namespace touchstone {

/// What becomes of a command that is of a proposal.
enum class Unreadable : std::uint8_t
{
    Refuse, ///< the whole script is malformed
    Keep,   ///< a module with `is_unreadable`, or an assertion about nothing
};

/// Parses a script, or bare module fields as one anonymous module. Iterative; never throws.
[[nodiscard]] std::expected<script::Script, Error> parse_script(
    std::string_view text, FeatureSet features = wasm3, Unreadable unreadable = Unreadable::Refuse);

} // namespace touchstone
