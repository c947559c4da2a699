(module
  (type (func))
  (table 5 funcref)
  (table 5 funcref)
  (export "a" (func 0))
  (func (type 0)
    i32.const 0
    i32.const 2
    i32.const 3
    table.copy 1 0)
)
