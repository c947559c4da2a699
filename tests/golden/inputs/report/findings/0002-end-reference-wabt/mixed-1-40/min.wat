(module
  (func (export "g")
    unreachable))
