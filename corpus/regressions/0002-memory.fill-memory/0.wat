(module
  (type (func))
  (memory 1)
  (export "a" (func 0))
  (func (type 0)
    i32.const 0
    i32.const -1
    i32.const 65
    memory.fill)
)
