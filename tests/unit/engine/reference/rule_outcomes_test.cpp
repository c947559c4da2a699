// Each instruction's outcomes one by one: the rule that is counted is the one that applies.

#include "tests/unit/engine/reference/rule_counting.hpp"

#include <gtest/gtest.h>

#include <array>

namespace touchstone::tests {
namespace {

struct OutcomeRow
{
    char const* name;
    char const* family;  ///< what the names of the rules that are looked at begin with
    char const* body;    ///< of the function that runs
    char const* applied; ///< of the family
};

class Outcomes : public testing::TestWithParam<OutcomeRow>
{};

/// What the bodies use.
constexpr std::string_view prelude = R"(
    (type $f (func)) (type $a (array (mut i32))) (type $r (array (mut funcref)))
    (type $s (struct (field (mut i32)))) (memory 1 3) (table $t 4 6 funcref) (tag $tag) (tag $other)
    (data $d "12345678") (elem $e func $nothing $nothing) (func $nothing) (global $g (mut i32) (i32.const 0))
    (func (export "f") call $run) (func $run (local $x i32) )";

// clang-format off
constexpr auto rows = std::to_array<OutcomeRow>({
    {"select_true", "select", R"((drop (select (i32.const 1) (i32.const 1) (i32.const 1))))", "select-true"},
    {"select_false", "select", R"((drop (select (i32.const 1) (i32.const 1) (i32.const 0))))", "select-false"},
    {"br_if_true", "br_if", R"((block (br_if 0 (i32.const 1))))", "br_if-true"},
    {"br_if_false", "br_if", R"((block (br_if 0 (i32.const 0))))", "br_if-false"},
    {"br_on_null_null", "br_on_null", R"((block (drop (br_on_null 0 (ref.null any)))))", "br_on_null-null"},
    {"br_on_null_addr", "br_on_null", R"((block (drop (br_on_null 0 (ref.i31 (i32.const 1))))))", "br_on_null-addr"},
    {"br_on_non_null_null", "br_on_non_null", R"((drop (block (result (ref any)) (br_on_non_null 0 (ref.null any)) return)))", "br_on_non_null-null"},
    {"br_on_non_null_addr", "br_on_non_null", R"((drop (block (result (ref any)) (br_on_non_null 0 (ref.i31 (i32.const 1))) return)))", "br_on_non_null-addr"},
    {"br_on_cast_succeed", "br_on_cast-", R"((drop (block (result i31ref) (br_on_cast 0 anyref i31ref (ref.i31 (i32.const 1))) (drop) (ref.null i31))))", "br_on_cast-succeed"},
    {"br_on_cast_fail", "br_on_cast-", R"((drop (block (result i31ref) (br_on_cast 0 anyref i31ref (struct.new_default $s)) (drop) (ref.null i31))))", "br_on_cast-fail"},
    {"br_on_cast_fail_succeed", "br_on_cast_fail-", R"((drop (block (result anyref) (br_on_cast_fail 0 anyref i31ref (ref.i31 (i32.const 1))) (drop) (ref.null i31))))", "br_on_cast_fail-succeed"},
    {"br_on_cast_fail_fail", "br_on_cast_fail-", R"((drop (block (result anyref) (br_on_cast_fail 0 anyref i31ref (struct.new_default $s)) (drop) (ref.null i31))))", "br_on_cast_fail-fail"},
    {"call_ref_null", "call_ref", R"((call_ref $f (ref.null $f)))", "call_ref-null call_ref-func*2"},
    {"call_ref_func", "call_ref", R"((call_ref $f (ref.func $nothing)))", "call_ref-func*3"},
    {"return_call_ref_frame_null", "return_call_ref-frame", R"((return_call_ref $f (ref.null $f)))", "return_call_ref-frame-null"},
    {"return_call_ref_frame_addr", "return_call_ref-frame", R"((return_call_ref $f (ref.func $nothing)))", "return_call_ref-frame-addr"},
    {"catch", "throw_ref-handler", R"((block $b  (try_table (catch $tag $b) (throw $tag)) ) )", "throw_ref-handler-catch"},
    {"catch_ref", "throw_ref-handler", R"((block $b (result exnref) (try_table (catch_ref $tag $b) (throw $tag)) unreachable) drop)", "throw_ref-handler-catch_ref"},
    {"catch_all", "throw_ref-handler", R"((block $b  (try_table (catch_all $b) (throw $tag)) ) )", "throw_ref-handler-catch_all"},
    {"catch_all_ref", "throw_ref-handler", R"((block $b (result exnref) (try_table (catch_all_ref $b) (throw $tag)) unreachable) drop)", "throw_ref-handler-catch_all_ref"},
    {"catch_nothing", "throw_ref-handler", R"((block $b (try_table (catch $other $b) (catch $other $b) (throw $tag))))", "throw_ref-handler-empty throw_ref-handler-next*2"},
    {"local_get", "local.get", R"((drop (local.get $x)))", "local.get"},
    {"local_set", "local.set", R"((local.set $x (i32.const 1)))", "local.set"},
    {"local_tee", "local.tee", R"((drop (local.tee $x (i32.const 1))))", "local.tee"},
    {"global_get", "global.get", R"((drop (global.get $g)))", "global.get"},
    {"global_set", "global.set", R"((global.set $g (i32.const 1)))", "global.set"},
    {"table_get_oob", "table.get", R"((drop (table.get $t (i32.const 4))))", "table.get-oob"},
    {"table_get_val", "table.get", R"((drop (table.get $t (i32.const 3))))", "table.get-val"},
    {"table_set_oob", "table.set", R"((table.set $t (i32.const 4) (ref.null func)))", "table.set-oob"},
    {"table_set_val", "table.set", R"((table.set $t (i32.const 3) (ref.null func)))", "table.set-val"},
    {"table_size", "table.size", R"((drop (table.size $t)))", "table.size"},
    {"table_grow_succeed", "table.grow", R"((drop (table.grow $t (ref.null func) (i32.const 1))))", "table.grow-succeed"},
    {"table_grow_fail", "table.grow", R"((drop (table.grow $t (ref.null func) (i32.const 9))))", "table.grow-fail"},
    {"memory_size", "memory.size", R"((drop (memory.size)))", "memory.size"},
    {"memory_grow_succeed", "memory.grow", R"((drop (memory.grow (i32.const 1))))", "memory.grow-succeed"},
    {"memory_grow_fail", "memory.grow", R"((drop (memory.grow (i32.const 3))))", "memory.grow-fail"},
    {"table_fill_oob", "table.fill", R"((table.fill $t (i32.const 0) (ref.null func) (i32.const 9)))", "table.fill-oob"},
    {"table_fill", "table.fill", R"((table.fill $t (i32.const 0) (ref.null func) (i32.const 2)))", "table.fill-zero table.fill-succ*2"},
    {"table_copy_oob", "table.copy", R"((table.copy (i32.const 0) (i32.const 0) (i32.const 9)))", "table.copy-oob"},
    {"table_copy_le", "table.copy", R"((table.copy (i32.const 0) (i32.const 0) (i32.const 2)))", "table.copy-zero table.copy-le*2"},
    {"table_copy_gt", "table.copy", R"((table.copy (i32.const 1) (i32.const 0) (i32.const 3)))", "table.copy-zero table.copy-gt*3"},
    {"table_init_oob", "table.init", R"((table.init $t $e (i32.const 0) (i32.const 0) (i32.const 9)))", "table.init-oob"},
    {"table_init", "table.init", R"((table.init $t $e (i32.const 0) (i32.const 0) (i32.const 2)))", "table.init-zero table.init-succ*2"},
    {"memory_fill_oob", "memory.fill", R"((memory.fill (i32.const 0) (i32.const 1) (i32.const 65537)))", "memory.fill-oob"},
    {"memory_fill", "memory.fill", R"((memory.fill (i32.const 0) (i32.const 1) (i32.const 2)))", "memory.fill-zero memory.fill-succ*2"},
    {"memory_copy_oob", "memory.copy", R"((memory.copy (i32.const 0) (i32.const 0) (i32.const 65537)))", "memory.copy-oob"},
    {"memory_copy_le", "memory.copy", R"((memory.copy (i32.const 0) (i32.const 0) (i32.const 2)))", "memory.copy-zero memory.copy-le*2"},
    {"memory_copy_gt", "memory.copy", R"((memory.copy (i32.const 1) (i32.const 0) (i32.const 3)))", "memory.copy-zero memory.copy-gt*3"},
    {"memory_init_oob", "memory.init", R"((memory.init $d (i32.const 0) (i32.const 0) (i32.const 9)))", "memory.init-oob"},
    {"memory_init", "memory.init", R"((memory.init $d (i32.const 0) (i32.const 0) (i32.const 2)))", "memory.init-zero memory.init-succ*2"},
    {"elem_drop", "elem.drop", R"((elem.drop $e))", "elem.drop"},
    {"data_drop", "data.drop", R"((data.drop $d))", "data.drop"},
    {"i64_load_oob", "load", R"((drop (i64.load (i32.const 65536))))", "load-num-oob"},
    {"i64_load_val", "load", R"((drop (i64.load (i32.const 8))))", "load-num-val"},
    {"i64_load32_s_oob", "load", R"((drop (i64.load32_s (i32.const 65536))))", "load-pack-oob"},
    {"i64_load32_s_val", "load", R"((drop (i64.load32_s (i32.const 8))))", "load-pack-val"},
    {"i32_load8_u_oob", "load", R"((drop (i32.load8_u (i32.const 65536))))", "load-pack-oob"},
    {"i32_load8_u_val", "load", R"((drop (i32.load8_u (i32.const 8))))", "load-pack-val"},
    {"v128_load_oob", "vload", R"((drop (v128.load (i32.const 65536))))", "vload-oob"},
    {"v128_load_val", "vload", R"((drop (v128.load (i32.const 8))))", "vload-val"},
    {"v128_load8x8_s_oob", "vload", R"((drop (v128.load8x8_s (i32.const 65536))))", "vload-pack-oob"},
    {"v128_load8x8_s_val", "vload", R"((drop (v128.load8x8_s (i32.const 8))))", "vload-pack-val"},
    {"v128_load64_splat_oob", "vload", R"((drop (v128.load64_splat (i32.const 65536))))", "vload-splat-oob"},
    {"v128_load64_splat_val", "vload", R"((drop (v128.load64_splat (i32.const 8))))", "vload-splat-val"},
    {"v128_load32_zero_oob", "vload", R"((drop (v128.load32_zero (i32.const 65536))))", "vload-zero-oob"},
    {"v128_load32_zero_val", "vload", R"((drop (v128.load32_zero (i32.const 8))))", "vload-zero-val"},
    {"f64_store_oob", "store", R"((f64.store  (i32.const 65536) (f64.const 0)))", "store-num-oob"},
    {"f64_store_val", "store", R"((f64.store  (i32.const 8) (f64.const 0)))", "store-num-val"},
    {"i32_store16_oob", "store", R"((i32.store16  (i32.const 65536) (i32.const 1)))", "store-pack-oob"},
    {"i32_store16_val", "store", R"((i32.store16  (i32.const 8) (i32.const 1)))", "store-pack-val"},
    {"v128_store_oob", "vstore", R"((v128.store  (i32.const 65536) (v128.const i64x2 0 0)))", "vstore-oob"},
    {"v128_store_val", "vstore", R"((v128.store  (i32.const 8) (v128.const i64x2 0 0)))", "vstore-val"},
    {"v128_store16_lane_oob", "vstore_lane", R"((v128.store16_lane 0 (i32.const 65536) (v128.const i64x2 0 0)))", "vstore_lane-oob"},
    {"v128_store16_lane_val", "vstore_lane", R"((v128.store16_lane 0 (i32.const 8) (v128.const i64x2 0 0)))", "vstore_lane-val"},
    {"load_lane_oob", "vload", R"((drop (v128.load32_lane 0 (i32.const 65536) (v128.const i64x2 0 0))))", "vload_lane-oob"},
    {"load_lane_val", "vload", R"((drop (v128.load32_lane 0 (i32.const 8) (v128.const i64x2 0 0))))", "vload_lane-val"},
    {"ref_null", "ref.null", R"((drop (ref.null any)))", "ref.null"},
    {"ref_func", "ref.func", R"((drop (ref.func $nothing)))", "ref.func*3"},
    {"ref_i31", "ref.i31", R"((drop (ref.i31 (i32.const 1))))", "ref.i31"},
    {"ref_is_null_true", "ref.is_null", R"((drop (ref.is_null (ref.null any))))", "ref.is_null-true"},
    {"ref_is_null_false", "ref.is_null", R"((drop (ref.is_null (ref.i31 (i32.const 1)))))", "ref.is_null-false"},
    {"ref_as_non_null_null", "ref.as_non_null", R"((drop (ref.as_non_null (ref.null any))))", "ref.as_non_null-null"},
    {"ref_as_non_null_addr", "ref.as_non_null", R"((drop (ref.as_non_null (ref.i31 (i32.const 1)))))", "ref.as_non_null-addr"},
    {"ref_eq_null", "ref.eq", R"((drop (ref.eq (ref.null eq) (ref.null i31))))", "ref.eq-null"},
    {"ref_eq_true", "ref.eq", R"((drop (ref.eq (ref.i31 (i32.const 1)) (ref.i31 (i32.const 1)))))", "ref.eq-true"},
    {"ref_eq_false", "ref.eq", R"((drop (ref.eq (ref.i31 (i32.const 1)) (struct.new_default $s))))", "ref.eq-false"},
    {"ref_test_true", "ref.test", R"((drop (ref.test i31ref (ref.i31 (i32.const 1)))))", "ref.test-true"},
    {"ref_test_false", "ref.test", R"((drop (ref.test i31ref (struct.new_default $s))))", "ref.test-false"},
    {"ref_cast_succeed", "ref.cast", R"((drop (ref.cast i31ref (ref.i31 (i32.const 1)))))", "ref.cast-succeed"},
    {"ref_cast_fail", "ref.cast", R"((drop (ref.cast i31ref (struct.new_default $s))))", "ref.cast-fail"},
    {"i31_get_null", "i31.get", R"((drop (i31.get_s (ref.null i31))))", "i31.get-null"},
    {"i31_get_num", "i31.get", R"((drop (i31.get_u (ref.i31 (i32.const 1)))))", "i31.get-num"},
    {"struct_new", "struct.new", R"((drop (struct.new $s (i32.const 1))))", "struct.new"},
    {"struct_new_default", "struct.new", R"((drop (struct.new_default $s)))", "struct.new_default"},
    {"struct_get_null", "struct.get", R"((drop (struct.get $s 0 (ref.null $s))))", "struct.get-null"},
    {"struct_get_struct", "struct.get", R"((drop (struct.get $s 0 (struct.new_default $s))))", "struct.get-struct"},
    {"struct_set_null", "struct.set", R"((struct.set $s 0 (ref.null $s) (i32.const 1)))", "struct.set-null"},
    {"struct_set_struct", "struct.set", R"((struct.set $s 0 (struct.new_default $s) (i32.const 1)))", "struct.set-struct"},
    {"array_new", "array.new", R"((drop (array.new $a (i32.const 1) (i32.const 2))))", "array.new"},
    {"array_new_default", "array.new", R"((drop (array.new_default $a (i32.const 2))))", "array.new_default"},
    {"array_new_fixed", "array.new", R"((drop (array.new_fixed $a 1 (i32.const 1))))", "array.new_fixed"},
    {"array_new_elem_oob", "array.new", R"((drop (array.new_elem $r $e (i32.const 0) (i32.const 9))))", "array.new_elem-oob"},
    {"array_new_elem", "array.new", R"((drop (array.new_elem $r $e (i32.const 0) (i32.const 1))))", "array.new_elem-alloc"},
    {"array_new_data_oob", "array.new", R"((drop (array.new_data $a $d (i32.const 0) (i32.const 9))))", "array.new_data-oob"},
    {"array_new_data", "array.new", R"((drop (array.new_data $a $d (i32.const 0) (i32.const 1))))", "array.new_data-num"},
    {"array_get_null", "array.get", R"((drop (array.get $a (ref.null $a) (i32.const 0))))", "array.get-null"},
    {"array_get_oob", "array.get", R"((drop (array.get $a (array.new_default $a (i32.const 2)) (i32.const 2))))", "array.get-oob"},
    {"array_get_array", "array.get", R"((drop (array.get $a (array.new_default $a (i32.const 2)) (i32.const 1))))", "array.get-array"},
    {"array_set_null", "array.set", R"((array.set $a (ref.null $a) (i32.const 0) (i32.const 1)))", "array.set-null"},
    {"array_set_oob", "array.set", R"((array.set $a (array.new_default $a (i32.const 2)) (i32.const 2) (i32.const 1)))", "array.set-oob"},
    {"array_set_array", "array.set", R"((array.set $a (array.new_default $a (i32.const 2)) (i32.const 1) (i32.const 1)))", "array.set-array"},
    {"array_len_null", "array.len", R"((drop (array.len (ref.null $a))))", "array.len-null"},
    {"array_len_array", "array.len", R"((drop (array.len (array.new_default $a (i32.const 2)))))", "array.len-array"},
    {"array_fill_null", "array.fill", R"((array.fill $a (ref.null $a) (i32.const 0) (i32.const 1) (i32.const 1)))", "array.fill-null"},
    {"array_fill_oob", "array.fill", R"((array.fill $a (array.new_default $a (i32.const 2)) (i32.const 0) (i32.const 1) (i32.const 3)))", "array.fill-oob"},
    {"array_fill", "array.fill", R"((array.fill $a (array.new_default $a (i32.const 2)) (i32.const 0) (i32.const 1) (i32.const 2)))", "array.fill-zero array.fill-succ*2"},
    {"array_copy_null1", "array.copy", R"((array.copy $a $a (ref.null $a) (i32.const 0) (array.new_default $a (i32.const 2)) (i32.const 0) (i32.const 1)))", "array.copy-null1"},
    {"array_copy_null2", "array.copy", R"((array.copy $a $a (array.new_default $a (i32.const 2)) (i32.const 0) (ref.null $a) (i32.const 0) (i32.const 1)))", "array.copy-null2"},
    {"array_copy_oob1", "array.copy", R"((array.copy $a $a (array.new_default $a (i32.const 2)) (i32.const 2) (array.new_default $a (i32.const 2)) (i32.const 0) (i32.const 1)))", "array.copy-oob1"},
    {"array_copy_oob2", "array.copy", R"((array.copy $a $a (array.new_default $a (i32.const 2)) (i32.const 0) (array.new_default $a (i32.const 2)) (i32.const 2) (i32.const 1)))", "array.copy-oob2"},
    {"array_copy_le", "array.copy", R"((array.copy $a $a (array.new_default $a (i32.const 2)) (i32.const 0) (array.new_default $a (i32.const 2)) (i32.const 0) (i32.const 2)))", "array.copy-zero array.copy-le*2"},
    {"array_copy_gt", "array.copy", R"((array.copy $a $a (array.new_default $a (i32.const 2)) (i32.const 1) (array.new_default $a (i32.const 2)) (i32.const 0) (i32.const 1)))", "array.copy-zero array.copy-gt"},
    {"array_init_elem_null", "array.init_elem", R"((array.init_elem $r $e (ref.null $r) (i32.const 0) (i32.const 0) (i32.const 1)))", "array.init_elem-null"},
    {"array_init_elem_oob1", "array.init_elem", R"((array.init_elem $r $e (array.new_default $r (i32.const 2)) (i32.const 2) (i32.const 0) (i32.const 1)))", "array.init_elem-oob1"},
    {"array_init_elem_oob2", "array.init_elem", R"((array.init_elem $r $e (array.new_default $r (i32.const 2)) (i32.const 0) (i32.const 9) (i32.const 1)))", "array.init_elem-oob2"},
    {"array_init_elem_succ", "array.init_elem", R"((array.init_elem $r $e (array.new_default $r (i32.const 2)) (i32.const 0) (i32.const 0) (i32.const 2)))", "array.init_elem-zero array.init_elem-succ*2"},
    {"array_init_data_null", "array.init_data", R"((array.init_data $a $d (ref.null $a) (i32.const 0) (i32.const 0) (i32.const 1)))", "array.init_data-null"},
    {"array_init_data_oob1", "array.init_data", R"((array.init_data $a $d (array.new_default $a (i32.const 2)) (i32.const 2) (i32.const 0) (i32.const 1)))", "array.init_data-oob1"},
    {"array_init_data_oob2", "array.init_data", R"((array.init_data $a $d (array.new_default $a (i32.const 2)) (i32.const 0) (i32.const 9) (i32.const 1)))", "array.init_data-oob2"},
    {"array_init_data_num", "array.init_data", R"((array.init_data $a $d (array.new_default $a (i32.const 2)) (i32.const 0) (i32.const 0) (i32.const 2)))", "array.init_data-zero array.init_data-num*2"},
    {"extern_convert_any_null", "extern.convert_any", R"((drop (extern.convert_any (ref.null any))))", "extern.convert_any-null"},
    {"extern_convert_any_addr", "extern.convert_any", R"((drop (extern.convert_any (ref.i31 (i32.const 1)))))", "extern.convert_any-addr"},
    {"any_convert_extern_null", "any.convert_extern", R"((drop (any.convert_extern (ref.null extern))))", "any.convert_extern-null"},
    {"any_convert_extern_addr", "any.convert_extern", R"((drop (any.convert_extern (extern.convert_any (ref.i31 (i32.const 1))))))", "any.convert_extern-addr"},
    {"unop", "unop", R"((drop (i32.clz (i32.const 1))))", "unop-val"},
    {"choosing_unop", "unop", R"((drop (f32.ceil (f32.const 1))))", "unop-val"},
    {"binop", "binop", R"((drop (i32.add (i32.const 1) (i32.const 1))))", "binop-val"},
    {"choosing_binop", "binop", R"((drop (f32.add (f32.const 1) (f32.const 1))))", "binop-val"},
    {"division", "binop", R"((drop (i32.div_s (i32.const 1) (i32.const 1))))", "binop-val"},
    {"division_by_zero", "binop", R"((drop (i32.div_s (i32.const 1) (i32.const 0))))", "binop-trap"},
    {"testop", "testop", R"((drop (i32.eqz (i32.const 1))))", "testop"},
    {"relop", "relop", R"((drop (i32.lt_s (i32.const 1) (i32.const 1))))", "relop"},
    {"cvtop", "cvtop", R"((drop (i64.extend_i32_s (i32.const 1))))", "cvtop-val"},
    {"choosing_cvtop", "cvtop", R"((drop (f32.demote_f64 (f64.const 1))))", "cvtop-val"},
    {"truncation", "cvtop", R"((drop (i32.trunc_f32_s (f32.const 1))))", "cvtop-val"},
    {"truncation_of_nan", "cvtop", R"((drop (i32.trunc_f32_s (f32.const nan))))", "cvtop-trap"},
    {"not", "v", R"((drop (v128.not (v128.const i64x2 0 0))))", "vvunop"},
    {"and", "v", R"((drop (v128.and (v128.const i64x2 0 0) (v128.const i64x2 0 0))))", "vvbinop"},
    {"bitselect", "v", R"((drop (v128.bitselect (v128.const i64x2 0 0) (v128.const i64x2 0 0) (v128.const i64x2 0 0))))", "vvternop"},
    {"any_true", "v", R"((drop (v128.any_true (v128.const i64x2 0 0))))", "vvtestop"},
    {"neg", "v", R"((drop (i8x16.neg (v128.const i64x2 0 0))))", "vunop-val"},
    {"ceil", "v", R"((drop (f32x4.ceil (v128.const i64x2 0 0))))", "vunop-val"},
    {"vadd", "v", R"((drop (i8x16.add (v128.const i64x2 0 0) (v128.const i64x2 0 0))))", "vbinop-val"},
    {"vfadd", "v", R"((drop (f32x4.add (v128.const i64x2 0 0) (v128.const i64x2 0 0))))", "vbinop-val"},
    {"relaxed_min", "v", R"((drop (f32x4.relaxed_min (v128.const i64x2 0 0) (v128.const i64x2 0 0))))", "vbinop-val"},
    {"madd", "v", R"((drop (f32x4.relaxed_madd (v128.const i64x2 0 0) (v128.const i64x2 0 0) (v128.const i64x2 0 0))))", "vternop-val"},
    {"all_true", "v", R"((drop (i8x16.all_true (v128.const i64x2 0 0))))", "vtestop"},
    {"veq", "v", R"((drop (i8x16.eq (v128.const i64x2 0 0) (v128.const i64x2 0 0))))", "vrelop"},
    {"bitmask", "v", R"((drop (i8x16.bitmask (v128.const i64x2 0 0))))", "vbitmask"},
    {"swizzle", "v", R"((drop (i8x16.swizzle (v128.const i64x2 0 0) (v128.const i64x2 0 0))))", "vswizzlop"},
    {"relaxed_swizzle", "v", R"((drop (i8x16.relaxed_swizzle (v128.const i64x2 0 0) (v128.const i64x2 0 0))))", "vswizzlop"},
    {"shuffle", "v", R"((drop (i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 (v128.const i64x2 0 0) (v128.const i64x2 0 0))))", "vshuffle"},
    {"extract", "v", R"((drop (i32x4.extract_lane 0 (v128.const i64x2 0 0))))", "vextract_lane-num"},
    {"extract_packed", "v", R"((drop (i8x16.extract_lane_s 0 (v128.const i64x2 0 0))))", "vextract_lane-pack"},
    {"extadd", "v", R"((drop (i16x8.extadd_pairwise_i8x16_s (v128.const i64x2 0 0))))", "vextunop"},
    {"extmul", "v", R"((drop (i16x8.extmul_low_i8x16_s (v128.const i64x2 0 0) (v128.const i64x2 0 0))))", "vextbinop"},
    {"relaxed_dot", "v", R"((drop (i16x8.relaxed_dot_i8x16_i7x16_s (v128.const i64x2 0 0) (v128.const i64x2 0 0))))", "vextbinop"},
    {"dot_add", "v", R"((drop (i32x4.relaxed_dot_i8x16_i7x16_add_s (v128.const i64x2 0 0) (v128.const i64x2 0 0) (v128.const i64x2 0 0))))", "vextternop"},
    {"narrow", "v", R"((drop (i8x16.narrow_i16x8_s (v128.const i64x2 0 0) (v128.const i64x2 0 0))))", "vnarrow"},
    {"extend_low", "v", R"((drop (i16x8.extend_low_i8x16_s (v128.const i64x2 0 0))))", "vcvtop"},
    {"vdemote", "v", R"((drop (f32x4.demote_f64x2_zero (v128.const i64x2 0 0))))", "vcvtop"},
    {"relaxed_trunc", "v", R"((drop (i32x4.relaxed_trunc_f32x4_s (v128.const i64x2 0 0))))", "vcvtop"},
    {"splat", "v", R"((drop (i8x16.splat (i32.const 1))))", "vsplat"},
    {"replace", "v", R"((drop (i8x16.replace_lane 0 (v128.const i64x2 0 0) (i32.const 1))))", "vreplace_lane"},
    {"shift", "v", R"((drop (i8x16.shl (v128.const i64x2 0 0) (i32.const 1))))", "vshiftop"},
});
// clang-format on

TEST_P(Outcomes, AreCountedAsWhatTheyAre)
{
    reference::RuleCounts counts;
    run_counted(std::string{prelude} + GetParam().body + ")", counts);
    EXPECT_EQ(applied_in(counts, GetParam().family), GetParam().applied);
}

INSTANTIATE_TEST_SUITE_P(Instruction, Outcomes, testing::ValuesIn(rows),
    [](auto const& row) { return std::string{row.param.name}; });

} // namespace
} // namespace touchstone::tests
