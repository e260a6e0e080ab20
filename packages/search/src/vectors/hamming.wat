;; How many bits of each of many codes differ from one code. All of them are whole 64-bit words, and stand
;; in memory one after the other; a distance takes 16 bits.
(module
  (import "athena" "memory" (memory 1))
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
        (br $each)))))
