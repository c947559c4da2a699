;; A memory loop: each word of a page is loaded, changed and stored. 19 instructions an iteration.
(module
  (memory 1)
  (func (export "run") (param $n i32) (result i64)
    (local $at i32)
    (loop $next
      (local.set $at (i32.and (i32.shl (local.get $n) (i32.const 3)) (i32.const 0xFFF8)))
      (i64.store (local.get $at) (i64.add (i64.load (local.get $at)) (i64.extend_i32_u (local.get $n))))
      (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (i64.xor (i64.load (i32.const 8)) (i64.load (i32.const 0x100)))))
