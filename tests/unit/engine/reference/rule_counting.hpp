#pragma once
// Runs a small program and says which rules the reference applied.

#include "engine/reference/store.hpp"
#include "engine/text/parse.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>

namespace touchstone::tests {

inline std::shared_ptr<ValidModule const> valid_module(std::string_view fields)
{
    auto module = parse_module(fields);
    EXPECT_TRUE(module) << describe(module.error());
    auto valid = validate(std::move(*module));
    EXPECT_TRUE(valid) << describe(valid.error());
    return *valid;
}

/// Instantiates a module of these fields and calls its export "f", without arguments.
inline void call_f(Store& store, std::string_view fields)
{
    auto const made = store.module_instantiate(valid_module(fields), {});
    ASSERT_TRUE(made.instance);
    auto const f = store.instance_export(*made.instance, "f");
    ASSERT_TRUE(f);
    static_cast<void>(store.func_invoke(FuncAddr{f->address}, {}));
}

inline void run_counted(std::string_view fields, reference::RuleCounts& counts)
{
    auto const store = reference::make_store(Limits::for_spec(), {.rules = &counts});
    call_f(*store, fields);
}

/// The rules by name, those of Step, Step_pure and Step_read without their relation, each with a
/// count if that is not 1. What counts along with every step is left out, and what does not begin
/// like the family.
inline std::string applied_in(reference::RuleCounts const& counts, std::string_view family = {})
{
    std::string text;
    for (std::size_t i = 1; i < reference::rule_count; ++i) {
        auto name = reference::rule_names[i];
        auto const n = counts.rules[i];
        if (n == 0 || name.starts_with("Step/ctxt-") || name.starts_with("Steps/") ||
            name == "Step/pure" || name == "Step/read")
            continue;
        if (name.starts_with("Step"))
            name.remove_prefix(name.find('/') + 1);
        if (!name.starts_with(family))
            continue;
        text.append(text.empty() ? "" : " ").append(name);
        if (n != 1)
            text += "*" + std::to_string(n);
    }
    return text;
}

} // namespace touchstone::tests
