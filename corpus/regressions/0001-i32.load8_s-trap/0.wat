(module
  (type (func))
  (memory 0)
  (export "a" (func 0))
  (func (type 0)
    i32.const 2
    memory.grow
    i32.load8_s
    drop)
)
