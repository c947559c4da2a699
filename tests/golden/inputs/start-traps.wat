(module (func unreachable) (start 0) (func (export "_start")))
