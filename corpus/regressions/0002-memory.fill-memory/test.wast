;; mixed/1 seed 1 index 5267
(module $m0
  (type (func))
  (memory 1)
  (export "a" (func 0))
  (export "touchstone:memory:0" (memory 0))
  (func (type 0)
    i32.const 0
    i32.const -1
    i32.const 65
    memory.fill)
)
(register "m" $m0)
(module $m1
  (type (func (result i32)))
  (type (func (param i32) (result i64)))
  (import "m" "touchstone:memory:0" (memory 0))
  (export "size" (func 0))
  (export "word" (func 1))
  (export "fold" (func 2))
  (func (type 0) (result i32)
    memory.size)
  (func (type 1) (param i32) (result i64)
    local.get 0
    i64.load align=1)
  (func (type 1) (param i32) (result i64)
    (local i32)
    (local i64)
    i32.const 512
    local.set 1
    loop
      local.get 2
      i64.const 31
      i64.mul
      local.get 0
      i64.load align=1
      i64.add
      local.set 2
      local.get 0
      i32.const 8
      i32.add
      local.set 0
      local.get 1
      i32.const 1
      i32.sub
      local.tee 1
      br_if 0
    end
    local.get 2)
)
(register "touchstone:observer:1" $m1)
(assert_return (invoke $m0 "a"))
(assert_return (invoke $m1 "word" (i32.const 64)) (i64.const 255))
