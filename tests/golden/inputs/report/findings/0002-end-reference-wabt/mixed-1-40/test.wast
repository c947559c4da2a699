(module $m
  (func (export "g")
    unreachable))
(assert_trap (invoke $m "g") "unreachable")
