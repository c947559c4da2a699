(module $m
  (func $f (export "f") (param i32) (result i32)
    local.get 0
    i32.const 33
    i32.shl))
(assert_return (invoke $m "f" (i32.const 1)) (i32.const 2))
