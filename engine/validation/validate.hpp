#pragma once
// Validation: the only way from a Module to a ValidModule, by the algorithm of the specification's
// appendix.

#include "engine/syntax/error.hpp"
#include "engine/syntax/module.hpp"

#include <expected>
#include <memory>
#include <vector>

namespace touchstone {

/// What validation found out about one function that is not in its syntax.
struct FuncFacts
{
    /// The greatest height of the operand stack after any instruction or at the start of a block,
    /// in values (a v128 is one), as the appendix's algorithm counts it: operands of all open
    /// blocks count, and of unreachable code those that are on the stack, not those one may think
    /// below.
    std::uint32_t max_operands = 0;
};

/// A module that was validated, with its index spaces spelled out, imports first.
/// Only `validate` makes one.
class ValidModule
{
public:
    [[nodiscard]] Module const& module() const { return module_; }
    /// The features it uses.
    [[nodiscard]] FeatureSet features() const { return features_; }
    /// One for each defined function.
    [[nodiscard]] std::vector<FuncFacts> const& func_facts() const { return func_facts_; }

    [[nodiscard]] std::vector<Index> const& funcs() const { return funcs_; } ///< type indices
    [[nodiscard]] std::vector<TableType> const& tables() const { return tables_; }
    [[nodiscard]] std::vector<MemoryType> const& memories() const { return memories_; }
    [[nodiscard]] std::vector<GlobalType> const& globals() const { return globals_; }
    [[nodiscard]] std::vector<TagType> const& tags() const { return tags_; }
    /// The function type at a type index that is one.
    [[nodiscard]] FuncType const& func_type(Index type) const
    {
        return module_.types[type].comp.func;
    }

private:
    friend class ModuleValidator;
    ValidModule() = default;

    Module module_;
    FeatureSet features_;
    std::vector<FuncFacts> func_facts_;
    std::vector<Index> funcs_;
    std::vector<TableType> tables_;
    std::vector<MemoryType> memories_;
    std::vector<GlobalType> globals_;
    std::vector<TagType> tags_;
};

/// Validates by the rules of WebAssembly 3.0. Linear in the module's size but for the
/// specification's own quadratic corners, iterative, and never throws. `Error::kind` is Invalid, or
/// Unsupported where a rule is missing.
[[nodiscard]] std::expected<std::shared_ptr<ValidModule const>, Error> validate(Module module);

} // namespace touchstone
