;; What compares codes and vectors.
(module
  (import "athena" "memory" (memory 1))

  ;; How many bits of each of many codes differ from one code. All of them are whole 64-bit words, and stand
  ;; in memory one after the other; a distance takes 16 bits.
  (func (export "distances")
    (param $sought i32) (param $codes i32) (param $count i32) (param $bytes i32) (param $distances i32)
    (local $end i32) (local $word i32) (local $wordEnd i32) (local $distance i64)
    (local.set $end (i32.add (local.get $codes) (i32.mul (local.get $count) (local.get $bytes))))
    (block $done
      (loop $each
        (br_if $done (i32.ge_u (local.get $codes) (local.get $end)))
        (local.set $distance (i64.const 0))
        (local.set $word (local.get $sought))
        (local.set $wordEnd (i32.add (local.get $sought) (local.get $bytes)))
        (loop $words
          (local.set $distance
            (i64.add (local.get $distance)
              (i64.popcnt
                (i64.xor (i64.load (local.get $word)) (i64.load (local.get $codes))))))
          (local.set $codes (i32.add (local.get $codes) (i32.const 8)))
          (local.set $word (i32.add (local.get $word) (i32.const 8)))
          (br_if $words (i32.lt_u (local.get $word) (local.get $wordEnd))))
        (i64.store16 (local.get $distances) (local.get $distance))
        (local.set $distances (i32.add (local.get $distances) (i32.const 2)))
        (br $each))))

  ;; The scalar product of two vectors of 32-bit floats, whose bytes are a multiple of 32.
  (func (export "dot") (param $a i32) (param $b i32) (param $bytes i32) (result f32)
    (local $end i32) (local $even v128) (local $odd v128)
    (local.set $end (i32.add (local.get $a) (local.get $bytes)))
    (loop $each
      (local.set $even
        (f32x4.add (local.get $even)
          (f32x4.mul (v128.load (local.get $a)) (v128.load (local.get $b)))))
      (local.set $odd
        (f32x4.add (local.get $odd)
          (f32x4.mul (v128.load offset=16 (local.get $a)) (v128.load offset=16 (local.get $b)))))
      (local.set $a (i32.add (local.get $a) (i32.const 32)))
      (local.set $b (i32.add (local.get $b) (i32.const 32)))
      (br_if $each (i32.lt_u (local.get $a) (local.get $end))))
    (local.set $even (f32x4.add (local.get $even) (local.get $odd)))
    (f32.add
      (f32.add (f32x4.extract_lane 0 (local.get $even)) (f32x4.extract_lane 1 (local.get $even)))
      (f32.add (f32x4.extract_lane 2 (local.get $even)) (f32x4.extract_lane 3 (local.get $even))))))
