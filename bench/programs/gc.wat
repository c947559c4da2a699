;; Garbage-collected data: binary trees that are built and dropped, arrays that are filled and sorted, and casts along
;; a hierarchy of types.
(module
  (type $tree (sub (struct (field $left (ref null $tree)) (field $right (ref null $tree)) (field $value i32))))
  (type $numbers (array (mut i32)))
  (type $shape (sub (struct (field $size i32))))
  (type $circle (sub $shape (struct (field $size i32))))
  (type $box (sub $shape (struct (field $size i32) (field $depth i32))))
  (type $cube (sub final $box (struct (field $size i32) (field $depth i32) (field $edge i32))))
  (type $shapes (array (mut (ref null $shape))))

  (func $grow (param $depth i32) (param $value i32) (result (ref $tree))
    (if (result (ref $tree)) (i32.eqz (local.get $depth))
      (then (struct.new $tree (ref.null $tree) (ref.null $tree) (local.get $value)))
      (else
        (struct.new $tree
          (call $grow (i32.sub (local.get $depth) (i32.const 1)) (i32.mul (local.get $value) (i32.const 2)))
          (call $grow (i32.sub (local.get $depth) (i32.const 1))
            (i32.add (i32.mul (local.get $value) (i32.const 2)) (i32.const 1)))
          (local.get $value)))))

  (func $add_up (param $tree (ref null $tree)) (result i32)
    (block $empty
      (return
        (i32.add
          (struct.get $tree $value (br_on_null $empty (local.get $tree)))
          (i32.sub
            (call $add_up (struct.get $tree $left (local.get $tree)))
            (call $add_up (struct.get $tree $right (local.get $tree)))))))
    (i32.const 0))

  ;; insertion sort of 48 numbers; gives the sum of each times its place
  (func $sort (param $seed i32) (result i32)
    (local $a (ref $numbers)) (local $i i32) (local $j i32) (local $value i32) (local $sum i32)
    (local.set $a (array.new_default $numbers (i32.const 48)))
    (loop $fill
      (local.set $seed (i32.add (i32.mul (local.get $seed) (i32.const 1664525)) (i32.const 1013904223)))
      (array.set $numbers (local.get $a) (local.get $i) (i32.shr_u (local.get $seed) (i32.const 12)))
      (br_if $fill (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (array.len (local.get $a)))))
    (local.set $i (i32.const 1))
    (loop $next
      (local.set $value (array.get $numbers (local.get $a) (local.get $i)))
      (local.set $j (local.get $i))
      (block $found
        (loop $shift
          (br_if $found (i32.eqz (local.get $j)))
          (br_if $found
            (i32.le_u (array.get $numbers (local.get $a) (i32.sub (local.get $j) (i32.const 1))) (local.get $value)))
          (array.set $numbers (local.get $a) (local.get $j)
            (array.get $numbers (local.get $a) (i32.sub (local.get $j) (i32.const 1))))
          (local.set $j (i32.sub (local.get $j) (i32.const 1)))
          (br $shift)))
      (array.set $numbers (local.get $a) (local.get $j) (local.get $value))
      (local.set $sum (i32.add (local.get $sum) (i32.mul (local.get $value) (local.get $j))))
      (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (array.len (local.get $a)))))
    (local.get $sum))

  (func $make (param $kind i32) (param $size i32) (result (ref $shape))
    (if (result (ref $shape)) (i32.eqz (local.get $kind))
      (then (struct.new $circle (local.get $size)))
      (else
        (if (result (ref $shape)) (i32.eq (local.get $kind) (i32.const 1))
          (then (struct.new $box (local.get $size) (i32.const 3)))
          (else (struct.new $cube (local.get $size) (i32.const 5) (i32.const 7)))))))

  ;; a cube is tried first, then a box, then a circle
  (func $measure (param $shape (ref null $shape)) (result i32)
    (struct.get $cube $edge
      (block $cube (result (ref $cube))
        (return
          (struct.get $box $depth
            (block $box (result (ref $box))
              (drop
                (br_on_cast $box (ref null $shape) (ref $box)
                  (br_on_cast $cube (ref null $shape) (ref $cube) (local.get $shape))))
              (return
                (i32.add (struct.get $circle $size (ref.cast (ref $circle) (local.get $shape))) (i32.const 1)))))))))

  (func $shapes (param $seed i32) (result i32)
    (local $all (ref $shapes)) (local $i i32) (local $sum i32)
    (local.set $all (array.new_default $shapes (i32.const 64)))
    (loop $next
      (local.set $seed (i32.add (i32.mul (local.get $seed) (i32.const 1664525)) (i32.const 1013904223)))
      (array.set $shapes (local.get $all) (local.get $i)
        (call $make (i32.rem_u (i32.shr_u (local.get $seed) (i32.const 16)) (i32.const 3)) (local.get $i)))
      (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 64))))
    (loop $again
      (local.set $i (i32.sub (local.get $i) (i32.const 1)))
      (local.set $sum
        (i32.add (i32.mul (local.get $sum) (i32.const 31))
          (i32.add
            (call $measure (array.get $shapes (local.get $all) (local.get $i)))
            (ref.test (ref $box) (array.get $shapes (local.get $all) (local.get $i))))))
      (br_if $again (local.get $i)))
    (local.get $sum))

  (func (export "run") (param $n i32) (result i32)
    (local $i i32) (local $sum i32)
    (block $done
      (loop $next
        (br_if $done (i32.ge_s (local.get $i) (local.get $n)))
        (local.set $sum
          (i32.add (i32.mul (local.get $sum) (i32.const 31))
            (call $add_up (call $grow (i32.const 7) (local.get $i)))))
        (local.set $sum (i32.xor (local.get $sum) (call $sort (local.get $sum))))
        (local.set $sum (i32.add (local.get $sum) (call $shapes (local.get $sum))))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br $next)))
    (local.get $sum)))
