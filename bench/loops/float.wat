;; A float loop: a step of the logistic map and a running sum. 17 instructions an iteration.
(module
  (func (export "run") (param $n i32) (result i64)
    (local $x f64) (local $sum f64)
    (local.set $x (f64.const 0.37))
    (loop $next
      (local.set $x (f64.mul (f64.mul (f64.const 3.9) (local.get $x)) (f64.sub (f64.const 1) (local.get $x))))
      (local.set $sum (f64.add (local.get $sum) (local.get $x)))
      (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (i64.reinterpret_f64 (local.get $sum))))
