#include "tests/unit/engine/validation/from_text.hpp"

namespace touchstone {
namespace {

using enum Feature;

struct Use
{
    std::string_view text;
    FeatureSet features;
};

class FeaturesUsed : public testing::TestWithParam<Use>
{};

TEST_P(FeaturesUsed, AreThese)
{
    auto const v = valid(GetParam().text);
    for (std::size_t i = 0; i < feature_count; ++i) {
        auto const f = static_cast<Feature>(i);
        EXPECT_EQ(v->features().has(f), f == Wasm1 || GetParam().features.has(f))
            << name(f) << " in " << GetParam().text;
    }
}

INSTANTIATE_TEST_SUITE_P(Instructions, FeaturesUsed,
    testing::Values(Use{"", {}}, Use{"(func (drop (i32.const 1)))", {}},
        Use{"(func (drop (i32.extend8_s (i32.const 1))))", {SignExtension}},
        Use{"(func (drop (i32.trunc_sat_f32_s (f32.const 1))))", {SatFloatToInt}},
        Use{"(memory 1) (func (memory.fill (i32.const 0) (i32.const 0) (i32.const 0)))",
            {BulkMemory}},
        Use{"(func (drop (v128.const i64x2 0 0)))", {Simd}},
        Use{"(func (drop (i8x16.relaxed_swizzle (v128.const i64x2 0 0) (v128.const i64x2 0 0))))",
            {Simd, RelaxedSimd}},
        Use{"(func return_call 0)", {TailCall}},
        Use{"(func (drop (ref.null extern)))", {ReferenceTypes}},
        Use{"(func (drop (ref.null exn)))", {ReferenceTypes, Exceptions}},
        Use{"(func (drop (ref.null none)))", {ReferenceTypes, Gc}},
        Use{"(type $t (func)) (func (drop (ref.null $t)))", {ReferenceTypes, FunctionReferences}},
        Use{"(type $t (func)) (func (return_call_ref $t (ref.null $t)))",
            {ReferenceTypes, TailCall, FunctionReferences}},
        Use{"(func (drop (select (result i32) (i32.const 1) (i32.const 1) (i32.const 1))))",
            {ReferenceTypes}},
        Use{"(type $t (func)) (func block (type $t) end)", {MultiValue}},
        Use{"(func block (result i32) unreachable end drop)", {}},
        Use{"(func block (result v128) unreachable end drop)", {Simd}}));

INSTANTIATE_TEST_SUITE_P(Types, FeaturesUsed,
    testing::Values(Use{"(type (func (result i32 i32)))", {MultiValue}},
        Use{"(type (func (param funcref)))", {ReferenceTypes}},
        Use{"(type (func (param v128)))", {Simd}},
        Use{"(type (func (param (ref extern))))", {ReferenceTypes, FunctionReferences}},
        Use{"(type (struct))", {Gc}}, Use{"(type (sub (func)))", {Gc}},
        Use{"(rec (type (func)) (type (func)))", {Gc}}, Use{"(rec (type (func)))", {}},
        Use{"(func (local externref))", {ReferenceTypes}}, Use{"(func (local anyref))", {Gc}},
        Use{"(func (local exnref))", {Exceptions}}, Use{"(func (local v128))", {Simd}}));

INSTANTIATE_TEST_SUITE_P(Spaces, FeaturesUsed,
    testing::Values(Use{"(table 1 funcref)", {}}, Use{"(table 1 externref)", {ReferenceTypes}},
        Use{"(table 1 funcref) (table 1 funcref)", {ReferenceTypes}},
        Use{"(table i64 1 funcref)", {Memory64}},
        Use{"(table 1 funcref (ref.null func))", {ReferenceTypes, FunctionReferences}},
        Use{"(memory i64 1)", {Memory64}}, Use{"(memory 1) (memory 1)", {MultiMemory}},
        Use{"(import \"m\" \"m\" (memory 1)) (memory 1)", {MultiMemory}},
        Use{"(import \"m\" \"g\" (global (mut i32)))", {}},
        Use{"(import \"m\" \"g\" (global externref))", {ReferenceTypes}},
        Use{"(tag)", {Exceptions}}, Use{"(global i32 (i32.const 1)) (export \"g\" (global 0))", {}},
        Use{"(global i32 (i32.add (i32.const 1) (i32.const 1)))", {ExtendedConst}},
        Use{"(import \"m\" \"g\" (global i32)) (global i32 (global.get 0))", {}},
        Use{"(global i32 (i32.const 1)) (global i32 (global.get 0))", {Gc}},
        Use{"(func) (global funcref (ref.func 0))", {ReferenceTypes}}));

INSTANTIATE_TEST_SUITE_P(Segments, FeaturesUsed,
    testing::Values(Use{"(memory 1) (data (i32.const 0) \"a\")", {}},
        Use{"(data \"a\")", {BulkMemory}},
        Use{"(func) (table 1 funcref) (elem (i32.const 0) 0)", {}},
        Use{"(func) (table 1 funcref) (elem (i32.const 0) func 0)", {}},
        Use{"(func) (elem func 0)", {BulkMemory}},
        Use{"(func) (elem declare func 0)", {BulkMemory, ReferenceTypes}},
        Use{"(func) (elem funcref (ref.func 0))", {BulkMemory, ReferenceTypes}},
        Use{"(table 1 funcref) (elem (i32.const 0) funcref (ref.null func))", {ReferenceTypes}},
        Use{"(elem externref (ref.null extern))", {BulkMemory, ReferenceTypes}}));

} // namespace
} // namespace touchstone
