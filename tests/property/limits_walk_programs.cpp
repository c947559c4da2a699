#include "tests/property/limits_walk_programs.hpp"

namespace touchstone {

namespace {

constexpr std::string_view loops = R"((module
  (global $seen (mut i32) (i32.const 0))
  (func (export "run sum") (result i32) (local $i i32) (local $s i32)
    (loop $again
      (local.set $s (i32.add (local.get $s) (local.get $i)))
      (global.set $seen (local.get $s))
      (br_if $again (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 20))))
    (local.get $s))
  (func (export "run nested") (local $i i32) (local $j i32)
    (loop $outer
      (local.set $j (i32.const 0))
      (loop $inner
        (global.set $seen (i32.add (global.get $seen) (i32.const 3)))
        (local.set $j (i32.add (local.get $j) (i32.const 1)))
        (br_if $inner (i32.lt_u (local.get $j) (i32.const 5))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $outer (i32.lt_u (local.get $i) (i32.const 4)))))
  (func (export "run table") (result i32) (local $i i32)
    (block $out
      (loop $again (loop $more
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (global.set $seen (local.get $i))
        (br_table $again $more $again $more $more $out (local.get $i)))))
    (local.get $i))
  (func (export "run values") (result i64 i32) (local $i i32)
    (i64.const 1) (i32.const 0)
    (loop $again (param i64 i32) (result i64 i32)
      (local.set $i)
      (i64.mul (i64.const 3))
      (i32.add (local.get $i) (i32.const 1))
      (br_if $again (i32.lt_u (local.get $i) (i32.const 7)))))
  (func (export "run dead ends") (result i32)
    (block $b (result i32)
      (loop $l (result i32)
        (br $b (i32.const 7))
        (br $l)))
    (drop (loop (result i32) (i32.const 5))))
))";

constexpr std::string_view recursion = R"((module
  (global $deep (mut i32) (i32.const 0))
  (func $fib (param i32) (result i32)
    (if (result i32) (i32.lt_u (local.get 0) (i32.const 2))
      (then (local.get 0))
      (else (i32.add (call $fib (i32.sub (local.get 0) (i32.const 1)))
                     (call $fib (i32.sub (local.get 0) (i32.const 2)))))))
  (func (export "run fib") (result i32) (call $fib (i32.const 8)))
  (func $endless (export "run endless") (param) (local i64 i64 i64)
    (global.set $deep (i32.add (global.get $deep) (i32.const 1)))
    (call $endless))
  (func $pair (param i32 i64) (result i64 i32)
    (if (result i64 i32) (i32.eqz (local.get 0))
      (then (local.get 1) (local.get 0))
      (else (call $pair (i32.sub (local.get 0) (i32.const 1))
                        (i64.add (local.get 1) (i64.const 5))))))
  (func (export "run pair") (result i64 i32) (call $pair (i32.const 9) (i64.const 1)))
  (func $wide (result i32 i32 i32 i32 i32 i32)
    (i32.const 1) (i32.const 2) (i32.const 3) (i32.const 4) (i32.const 5) (i32.const 6))
  (func (export "run wide") (result i32 i32 i32 i32 i32 i32) (call $wide))
))";

constexpr std::string_view tail_calls = R"((module
  (type $t (func (param i32) (result i32)))
  (table funcref (elem $even $odd))
  (func $even (param i32) (result i32)
    (if (i32.eqz (local.get 0)) (then (return (i32.const 1))))
    (return_call $odd (i32.sub (local.get 0) (i32.const 1))))
  (func $odd (param i32) (result i32) (local i64 i64)
    (if (i32.eqz (local.get 0)) (then (return (i32.const 0))))
    (return_call_indirect (type $t) (i32.sub (local.get 0) (i32.const 1)) (i32.const 0)))
  (func (export "run parity") (result i32) (call $even (i32.const 25)))
  (func $grow (param i32 i32 i32 i32) (result i32) (local i64 i64 i64 i64 i64 i64)
    (i32.add (i32.add (local.get 0) (local.get 1)) (i32.add (local.get 2) (local.get 3))))
  (func (export "run grow") (result i32)
    (return_call $grow (i32.const 1) (i32.const 2) (i32.const 3) (i32.const 4)))
  (func $narrow (param i32) (result i32) (local.get 0))
  (func $middle (param i64 i64 i64 i64) (result i32) (return_call $narrow (i32.const 3)))
  (func (export "run narrow") (result i32)
    (call $middle (i64.const 1) (i64.const 2) (i64.const 3) (i64.const 4)))
  (func (export "run no such") (result i32)
    (return_call_indirect (type $t) (i32.const 1) (i32.const 2)))
))";

constexpr std::string_view indirect = R"((module
  (type $i (func (result i32)))
  (type $same (func (result i32)))
  (type $l (func (result i64)))
  (table $t 6 funcref)
  (elem (table $t) (i32.const 1) func $one $two $long)
  (func $one (type $i) (i32.const 1))
  (func $two (type $same) (i32.const 2))
  (func $long (type $l) (i64.const 3))
  (global $got (mut i32) (i32.const 0))
  (func $at (param i32) (global.set $got (call_indirect $t (type $i) (local.get 0))))
  (func (export "run all") (call $at (i32.const 1)) (call $at (i32.const 2)) (call $at (i32.const 1)))
  (func (export "run mismatch") (call $at (i32.const 2)) (call $at (i32.const 3)))
  (func (export "run null") (call $at (i32.const 1)) (call $at (i32.const 4)))
  (func (export "run outside") (call $at (i32.const 6)))
  (func (export "run far outside") (call $at (i32.const -1)))
))";

constexpr std::string_view bulk_memory = R"((module
  (memory $m 2 4)
  (memory $n 1)
  (data $d "touchstone tests engines")
  (func (export "run fill")
    (memory.fill $m (i32.const 10) (i32.const 65) (i32.const 0))
    (memory.fill $m (i32.const 10) (i32.const 66) (i32.const 1))
    (memory.fill $m (i32.const 20) (i32.const 67) (i32.const 4096))
    (memory.fill $m (i32.const 5000) (i32.const 68) (i32.const 4097))
    (memory.fill $m (i32.const 131072) (i32.const 69) (i32.const 0))
    (memory.fill $m (i32.const 131071) (i32.const 70) (i32.const 2)))
  (func (export "run copy")
    (memory.copy $m $m (i32.const 30) (i32.const 25) (i32.const 9000))
    (memory.copy $m $m (i32.const 25) (i32.const 30) (i32.const 9000))
    (memory.copy $n $m (i32.const 0) (i32.const 100) (i32.const 20000))
    (memory.copy $n $m (i32.const 60000) (i32.const 0) (i32.const 20000)))
  (func (export "run init")
    (memory.init $n $d (i32.const 7) (i32.const 2) (i32.const 11))
    (memory.init $m $d (i32.const 7) (i32.const 24) (i32.const 0))
    (data.drop $d)
    (memory.init $m $d (i32.const 7) (i32.const 0) (i32.const 0))
    (memory.init $m $d (i32.const 7) (i32.const 0) (i32.const 1)))
))";

constexpr std::string_view growth = R"((module
  (memory $m 1 5)
  (memory $free 0)
  (table $t 2 200 funcref)
  (global $a (mut i32) (i32.const 0))
  (func $f)
  (elem declare func $f)
  (func (export "run memory") (result i32 i32 i32 i32)
    (global.set $a (memory.grow $m (i32.const 1)))
    (i32.store8 $m (i32.const 65536) (i32.const 9))
    (memory.grow $m (i32.const 0))
    (memory.grow $m (i32.const 2))
    (memory.grow $m (i32.const 2))
    (memory.size $m))
  (func (export "run free") (result i32 i32)
    (memory.grow $free (i32.const 3))
    (memory.grow $free (i32.const 65536)))
  (func (export "run table") (result i32 i32 i32 i32)
    (table.grow $t (ref.func $f) (i32.const 64))
    (table.grow $t (ref.null func) (i32.const 65))
    (table.grow $t (ref.null func) (i32.const 0))
    (table.grow $t (ref.func $f) (i32.const 100)))
  (func (export "run memory again") (result i32)
    (memory.grow $m (i32.const 1)))
))";

constexpr std::string_view bulk_table = R"((module
  (table $t 150 funcref)
  (table $u 100 funcref)
  (func $f) (func $g)
  (elem $e func $f $g $f $g $g)
  (func (export "run fill")
    (table.fill $t (i32.const 3) (ref.func $f) (i32.const 64))
    (table.fill $t (i32.const 80) (ref.func $g) (i32.const 65))
    (table.fill $t (i32.const 150) (ref.func $g) (i32.const 0))
    (table.fill $t (i32.const 149) (ref.func $g) (i32.const 2)))
  (func (export "run copy")
    (table.copy $t $t (i32.const 10) (i32.const 2) (i32.const 70))
    (table.copy $t $t (i32.const 2) (i32.const 10) (i32.const 70))
    (table.copy $u $t (i32.const 0) (i32.const 50) (i32.const 100))
    (table.copy $u $t (i32.const 1) (i32.const 50) (i32.const 100)))
  (func (export "run init")
    (table.init $u $e (i32.const 7) (i32.const 1) (i32.const 4))
    (elem.drop $e)
    (table.init $u $e (i32.const 7) (i32.const 0) (i32.const 0))
    (table.init $u $e (i32.const 7) (i32.const 1) (i32.const 1)))
  (func (export "run one")
    (table.set $t (i32.const 149) (table.get $t (i32.const 3)))
    (table.set $t (i32.const 150) (table.get $t (i32.const 3))))
))";

constexpr std::string_view environment = R"((module
  (memory (export "memory") 1)
  (table (export "table") 100 funcref)
  (global (export "global") (mut i32) (i32.const 5))
  (func (export "function") (result i32) (i32.const 77))
))";

// Active segments of several fuel units, and a start function that loops.
constexpr std::string_view start = R"((module
  (memory (import "environment" "memory") 1)
  (table (import "environment" "table") 80 funcref)
  (global $g (import "environment" "global") (mut i32))
  (func $function (import "environment" "function") (result i32))
  (elem (i32.const 1) func $f $f $f)
  (elem (i32.const 90) func $f)
  (data (i32.const 10) "first")
  (data (i32.const 65530) "second")
  (data $passive "third")
  (func $f)
  (func $start (local $i i32)
    (loop $again
      (global.set $g (i32.add (global.get $g) (call $function)))
      (i32.store (i32.mul (local.get $i) (i32.const 4)) (global.get $g))
      (br_if $again (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 6)))))
  (start $start)
  (func (export "run") (result i32) (global.get $g))
))";

constexpr std::string_view segment_traps = R"((module
  (memory (import "environment" "memory") 1)
  (table (import "environment" "table") 80 funcref)
  (func $f)
  (elem (i32.const 1) func $f $f $f)
  (elem declare func $f)
  (data (i32.const 10) "first")
  (data (i32.const 65530) "second and too long")
  (data (i32.const 20) "third")
  (func (export "run"))
))";

constexpr std::string_view segment_traps_early = R"((module
  (memory (import "environment" "memory") 1)
  (table (import "environment" "table") 80 funcref)
  (func $f)
  (elem (i32.const 1) func $f $f $f)
  (elem (i32.const 99) func $f $f)
  (elem (i32.const 5) func $f)
  (data (i32.const 10) "first")
  (func (export "run"))
))";

constexpr std::string_view start_traps = R"((module
  (memory (import "environment" "memory") 1)
  (global $g (import "environment" "global") (mut i32))
  (func $start
    (global.set $g (i32.const 99))
    (i32.store (i32.const 65533) (i32.const 1)))
  (start $start)
  (func (export "run") (result i32) (global.get $g))
))";

constexpr std::string_view host_calls = R"((module
  (type $n (func (param i32) (result i32)))
  (func $add (import "host" "add") (param i32 i32) (result i32))
  (func $back (import "host" "call") (param funcref i32) (result i32))
  (func $two (import "host" "two") (param i32) (result i32 i64))
  (func $trap (import "host" "trap"))
  (table funcref (elem $add $down))
  (elem declare func $endless)
  (global $g (mut i32) (i32.const 0))
  (func $down (type $n)
    (global.set $g (i32.add (global.get $g) (local.get 0)))
    (if (result i32) (i32.eqz (local.get 0))
      (then (i32.const 100))
      (else (call $add (i32.const 1)
              (call $back (ref.func $down) (i32.sub (local.get 0) (i32.const 1)))))))
  (func (export "run add") (result i32)
    (call $add (i32.const 3) (call $add (i32.const 4) (i32.const 5))))
  (func (export "run indirect") (result i32)
    (call_indirect (param i32 i32) (result i32) (i32.const 30) (i32.const 12) (i32.const 0)))
  (func (export "run back") (result i32) (call $down (i32.const 6)))
  (func (export "run two") (result i32 i32 i64) (i32.const 1) (call $two (i32.const 8)))
  (func (export "run tail") (result i32) (return_call $add (i32.const 8) (i32.const 9)))
  (func $tail_indirect (result i32)
    (return_call_indirect (param i32 i32) (result i32) (i32.const 8) (i32.const 9) (i32.const 0)))
  (func (export "run tail indirect") (result i32)
    (i32.add (call $tail_indirect) (call $tail_indirect)))
  (func (export "run trap") (global.set $g (i32.const 7)) (call $trap))
  (export "run host itself" (func $trap))
  (func $endless (type $n) (call $back (ref.func $endless) (i32.const 0)))
  (func (export "run endless") (result i32) (call $endless (i32.const 0)))
))";

constexpr std::string_view host_start = R"((module
  (func $log (import "host" "nothing"))
  (memory 1)
  (data (i32.const 0) "x")
  (start $log)
  (func (export "run") (call $log) (return_call $log))
))";

constexpr std::string_view traps = R"((module
  (memory 1)
  (global $g (mut i32) (i32.const 0))
  (func $mark (param i32) (global.set $g (local.get 0)))
  (func (export "run unreachable") (call $mark (i32.const 1)) (unreachable))
  (func (export "run divide") (result i32)
    (call $mark (i32.const 2)) (i32.div_s (i32.const 1) (i32.const 0)))
  (func (export "run overflow") (result i64)
    (i64.div_s (i64.const 0x8000000000000000) (i64.const -1)))
  (func (export "run truncate") (result i32) (i32.trunc_f64_u (f64.const nan)))
  (func (export "run load") (drop (i32.load offset=3 (i32.const 65530))))
  (func (export "run nan") (result f32 f64)
    (f32.sub (f32.const inf) (f32.const inf))
    (f64.sqrt (f64.const -1)))
  (func (export "run big frame") (local i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64)
    (call $mark (i32.const 3)))
))";

} // namespace

std::span<WalkProgram const> walk_programs()
{
    static std::vector<WalkProgram> const programs = {
        {"loops", {{"m", loops}}},
        {"recursion", {{"m", recursion}}},
        {"tail_calls", {{"m", tail_calls}}},
        {"indirect", {{"m", indirect}}},
        {"bulk_memory", {{"m", bulk_memory}}},
        {"growth", {{"m", growth}}},
        {"bulk_table", {{"m", bulk_table}}},
        {"start", {{"environment", environment}, {"m", start}}},
        {"segment_traps", {{"environment", environment}, {"m", segment_traps}}},
        {"segment_traps_early", {{"environment", environment}, {"m", segment_traps_early}}},
        {"start_traps", {{"environment", environment}, {"m", start_traps}}},
        {"host_calls", {{"m", host_calls}}},
        {"host_start", {{"m", host_start}}},
        {"traps", {{"m", traps}}},
    };
    return programs;
}

} // namespace touchstone
