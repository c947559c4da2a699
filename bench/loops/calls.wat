;; Calls: a recursion 20 frames deep, 21 calls an iteration.
(module
  (func $down (param $n i32) (param $x i64) (result i64)
    (if (result i64) (local.get $n)
      (then (i64.add (call $down (i32.sub (local.get $n) (i32.const 1)) (i64.rotl (local.get $x) (i64.const 1))) (i64.const 7)))
      (else (local.get $x))))
  (func (export "run") (param $n i32) (result i64)
    (local $x i64)
    (loop $next
      (local.set $x (call $down (i32.const 20) (local.get $x)))
      (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $x)))
