;; mixed/1 seed 1 index 1549
(module $m0
  (type (func))
  (memory 0)
  (export "a" (func 0))
  (func (type 0)
    i32.const 2
    memory.grow
    i32.load8_s
    drop)
)
(register "m" $m0)
(assert_return (invoke $m0 "a"))
