;; mixed/1 seed 1 index 25088
(module $m0
  (type (func (result i64)))
  (export "a" (func 0))
  (func (type 0) (result i64)
    i64.const -9223372036854775808
    i64.const -1
    i64.div_s)
)
(register "m" $m0)
(assert_trap (invoke $m0 "a") "integer overflow")
