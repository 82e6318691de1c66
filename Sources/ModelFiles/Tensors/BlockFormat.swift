/// The block layouts of GGUF's tensor types (ggml, "GGUF" specification), one function per type.
///
/// Each reads one block and writes its values. All fields are little-endian; `d` and `m` are f16
/// scale and minimum. Products and sums are f32, rounded after each operation.
// swift-format-ignore: AlwaysUseLowerCamelCase
enum BlockFormat {
    static func float32(_ at: UnsafeRawPointer) -> Float {
        Float(bitPattern: UInt32(littleEndian: at.loadUnaligned(as: UInt32.self)))
    }

    static func float16(_ at: UnsafeRawPointer) -> Float {
        Float(Float16(bitPattern: UInt16(littleEndian: at.loadUnaligned(as: UInt16.self))))
    }

    static func bfloat16(_ at: UnsafeRawPointer) -> Float {
        Float(bitPattern: UInt32(UInt16(littleEndian: at.loadUnaligned(as: UInt16.self))) << 16)
    }

    private static func byte(_ at: UnsafeRawPointer) -> UInt8 { at.load(as: UInt8.self) }

    /// Bytes 0–1: d; 2–33: 32 signed q. Value: d · q.
    static func dequantizeQ8_0(_ block: UnsafeRawPointer, _ out: UnsafeMutablePointer<Float>) {
        let d = float16(block)
        for i in 0..<32 { out[i] = d * Float((block + 2 + i).load(as: Int8.self)) }
    }

    /// Bytes 0–1: d; 2–17: low halves are q 0–15, high halves q 16–31. Value: d · (q − 8).
    static func dequantizeQ4_0(_ block: UnsafeRawPointer, _ out: UnsafeMutablePointer<Float>) {
        let d = float16(block)
        for i in 0..<16 {
            let q = byte(block + 2 + i)
            out[i] = d * Float(Int(q & 15) - 8)
            out[i + 16] = d * Float(Int(q >> 4) - 8)
        }
    }

    /// Bytes 0–1: d; 2–3: m; 4–19: as Q4_0. Value: d · q + m.
    static func dequantizeQ4_1(_ block: UnsafeRawPointer, _ out: UnsafeMutablePointer<Float>) {
        let d = float16(block)
        let m = float16(block + 2)
        for i in 0..<16 {
            let q = byte(block + 4 + i)
            out[i] = d * Float(q & 15) + m
            out[i + 16] = d * Float(q >> 4) + m
        }
    }

    /// Bytes 0–1: d; 2–5: the fifth bit of each q; 6–21: as Q4_0. Value: d · (q − 16).
    static func dequantizeQ5_0(_ block: UnsafeRawPointer, _ out: UnsafeMutablePointer<Float>) {
        let d = float16(block)
        eachQ5(high: block + 2, low: block + 6) { out[$0] = d * Float($1 - 16) }
    }

    /// Bytes 0–1: d; 2–3: m; 4–7: the fifth bit of each q; 8–23: as Q4_0. Value: d · q + m.
    static func dequantizeQ5_1(_ block: UnsafeRawPointer, _ out: UnsafeMutablePointer<Float>) {
        let d = float16(block)
        let m = float16(block + 2)
        eachQ5(high: block + 4, low: block + 8) { out[$0] = d * Float($1) + m }
    }

    private static func eachQ5(
        high: UnsafeRawPointer, low: UnsafeRawPointer, _ body: (Int, Int) -> Void
    ) {
        let fifth = UInt32(littleEndian: high.loadUnaligned(as: UInt32.self))
        for i in 0..<16 {
            let q = byte(low + i)
            body(i, Int(q & 15) | Int(fifth >> UInt32(i) & 1) << 4)
            body(i + 16, Int(q >> 4) | Int(fifth >> UInt32(i + 16) & 1) << 4)
        }
    }

    /// Bytes 0–1: d; 2–3: dmin; 4–15: eight 6-bit scales and minima; 16–143: q, four groups of 32
    /// bytes, each the low halves of one sub-block and the high halves of the next.
    /// Value: (d · scale) · q − (dmin · minimum).
    static func dequantizeQ4K(_ block: UnsafeRawPointer, _ out: UnsafeMutablePointer<Float>) {
        let d = float16(block)
        let dmin = float16(block + 2)
        for sub in 0..<8 {
            let (scale, minimum) = sixBitPair(block + 4, sub)
            let s = d * scale
            let m = dmin * minimum
            let group = block + 16 + sub / 2 * 32
            let shift = UInt8(sub % 2 * 4)
            for i in 0..<32 { out[sub * 32 + i] = s * Float(byte(group + i) >> shift & 15) - m }
        }
    }

    /// As Q4_K, with bytes 16–47 holding the fifth bits (bit n of byte i: value i of sub-block n) and
    /// q at 48–175.
    static func dequantizeQ5K(_ block: UnsafeRawPointer, _ out: UnsafeMutablePointer<Float>) {
        let d = float16(block)
        let dmin = float16(block + 2)
        for sub in 0..<8 {
            let (scale, minimum) = sixBitPair(block + 4, sub)
            let s = d * scale
            let m = dmin * minimum
            let group = block + 48 + sub / 2 * 32
            let shift = UInt8(sub % 2 * 4)
            for i in 0..<32 {
                let fifth = byte(block + 16 + i) >> UInt8(sub) & 1
                out[sub * 32 + i] = s * Float(byte(group + i) >> shift & 15 | fifth << 4) - m
            }
        }
    }

    /// Scale and minimum number `sub` of the 12 bytes that pack eight 6-bit pairs: the first four
    /// scales and minima are the low six bits of bytes 0–3 and 4–7; the others have their low four
    /// bits in bytes 8–11 and their top two in the top two bits of bytes 0–7.
    private static func sixBitPair(_ packed: UnsafeRawPointer, _ sub: Int) -> (Float, Float) {
        if sub < 4 {
            return (Float(byte(packed + sub) & 63), Float(byte(packed + 4 + sub) & 63))
        }
        let low = byte(packed + 4 + sub)
        let scale = low & 15 | (byte(packed + sub - 4) >> 6) << 4
        let minimum = low >> 4 | (byte(packed + sub) >> 6) << 4
        return (Float(scale), Float(minimum))
    }

    /// Bytes 0–127: low four bits; 128–191: top two bits; 192–207: sixteen signed scales; 208–209: d.
    /// Each half of 128 values has 64 bytes of low bits (two runs of 32, low halves then high halves)
    /// and 32 bytes of top bits. Value: (d · scale) · (q − 32).
    static func dequantizeQ6K(_ block: UnsafeRawPointer, _ out: UnsafeMutablePointer<Float>) {
        let d = float16(block + 208)
        for run in 0..<8 {
            let half = run / 4
            let low = block + half * 64 + run % 2 * 32
            let top = block + 128 + half * 32
            let lowShift = UInt8(run % 4 / 2 * 4)
            let topShift = UInt8(run % 4 * 2)
            for i in 0..<32 {
                let scale = (block + 192 + run * 2 + i / 16).load(as: Int8.self)
                let q = byte(low + i) >> lowShift & 15 | (byte(top + i) >> topShift & 3) << 4
                out[run * 32 + i] = (d * Float(scale)) * Float(Int(q) - 32)
            }
        }
    }
}
