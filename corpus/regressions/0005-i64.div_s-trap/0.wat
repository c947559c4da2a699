(module
  (type (func (result i64)))
  (export "a" (func 0))
  (func (type 0) (result i64)
    i64.const -9223372036854775808
    i64.const -1
    i64.div_s)
)
