;; Exceptions: thrown in the same function, through frames, past handlers of other tags, and again from a handler.
(module
  (tag $number (param i32))
  (tag $pair (param i32 i64))
  (tag $never)

  ;; throws from so deep
  (func $deep (param $depth i32) (param $value i32) (result i32)
    (if (i32.eqz (local.get $depth))
      (then (throw $number (local.get $value))))
    (i32.add (call $deep (i32.sub (local.get $depth) (i32.const 1)) (local.get $value)) (i32.const 1)))

  (func $through_frames (param $depth i32) (param $value i32) (result i32)
    (block $caught (result i32)
      (try_table (result i32) (catch $number $caught)
        (call $deep (local.get $depth) (local.get $value)))))

  ;; nothing is thrown: what it costs to be ready for it
  (func $nothing (param $value i32) (result i32)
    (block $caught (result i32)
      (try_table (result i32) (catch $number $caught)
        (i32.add (local.get $value) (i32.const 3)))))

  ;; an inner handler is of another tag
  (func $past (param $value i32) (result i32)
    (local $wide i64)
    (block $pair (result i32 i64)
      (block $never
        (try_table (catch $pair $pair)
          (try_table (catch $never $never)
            (throw $pair (local.get $value) (i64.extend_i32_u (local.get $value))))))
      (return (i32.const -1)))
    (local.set $wide)
    (i32.xor (i32.wrap_i64 (i64.mul (local.get $wide) (i64.const 7)))))

  ;; a handler throws what it caught again
  (func $again (param $value i32) (result i32)
    (block $outer (result i32)
      (try_table (catch $number $outer)
        (throw_ref
          (block $inner (result exnref)
            (try_table (catch_all_ref $inner)
              (throw $number (i32.mul (local.get $value) (i32.const 5))))
            (unreachable))))
      (unreachable)))

  (func (export "run") (param $n i32) (result i32)
    (local $i i32) (local $sum i32)
    (block $done
      (loop $next
        (br_if $done (i32.ge_s (local.get $i) (local.get $n)))
        (local.set $sum
          (i32.add (i32.mul (local.get $sum) (i32.const 31))
            (call $through_frames (i32.and (local.get $i) (i32.const 7)) (local.get $i))))
        (local.set $sum (i32.add (call $nothing (local.get $sum)) (call $nothing (local.get $i))))
        (local.set $sum (i32.xor (local.get $sum) (call $past (local.get $sum))))
        (local.set $sum (i32.add (local.get $sum) (call $again (local.get $i))))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br $next)))
    (local.get $sum)))
