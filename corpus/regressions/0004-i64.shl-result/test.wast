;; mixed/1 seed 1 index 21387
(module $m0
  (type (func (result i32)))
  (export "a" (func 0))
  (func (type 0) (result i32)
    (local i32)
    i64.const -1
    i64.const 64
    i64.shl
    i64.eqz
    if
      i32.const -1
      local.set 0
    end
    local.get 0)
)
(register "m" $m0)
(assert_return (invoke $m0 "a") (i32.const 0))
