// Packing of the types that keep blocks of 32 or 256 columns: four outputs at a time, all of one block
// before the next, so that a panel is written from its beginning to its end.

#include "packing.h"

typedef uint8_t bytes16 __attribute__((vector_size(16)));

static inline uint16_t load16(const uint8_t *p) {
    uint16_t v;
    memcpy(&v, p, 2);
    return v;
}

static inline int finite16(uint16_t half) { return (half & 0x7C00) != 0x7C00; }

/// The four lanes of 32 4-bit codes, one a byte: a lane's byte b has column 8g+b in its low half and
/// column 8g+b+4 in its high half.
PACK_INLINE lanes4 nibble_lanes(bytes16 first, bytes16 second) {
    const lanes4 a = (lanes4)first, b = (lanes4)second;
    return __builtin_shufflevector(a, b, 0, 2, 4, 6)
           | __builtin_shufflevector(a, b, 1, 3, 5, 7) << 4;
}

PACK_INLINE bytes16 load_nibbles(const uint8_t *p, int is_high) {
    const bytes16 bytes = (bytes16)load_lanes4(p);
    return (is_high ? bytes >> 4 : bytes) & 15;
}

PACK_INLINE uint32_t load32(const uint8_t *p) {
    uint32_t v;
    memcpy(&v, p, 4);
    return v;
}

/// One bit a column, in the order of columns, to bit w of byte b for column 4w + b.
PACK_INLINE uint32_t spread_bits(uint32_t columns) {
    uint32_t lane = 0;
    for (int word = 0; word < 8; word++)
        lane |= ((columns >> (4 * word) & 15) * 0x00204081u & 0x01010101u) << word;
    return lane;
}

/// Bits from `shift` on of some words of bytes, one column a byte, `width` bits a word.
PACK_INLINE uint32_t gather_bits(const uint8_t *p, int words, int shift, int width) {
    const uint32_t mask = (width == 1 ? 1u : 3u) * 0x01010101u;
    uint32_t lane = 0;
    for (int word = 0; word < words; word++)
        lane |= (load32(p + 4 * word) >> shift & mask) << (width * word);
    return lane;
}

PACK_INLINE int pack_small(tk_type type, const uint8_t *const source[PACKED_ROWS],
                           uint8_t *target, int output) {
    const int has_minimum = type == TK_Q4_1 || type == TK_Q5_1;
    const int has_fifth = type == TK_Q5_0 || type == TK_Q5_1;
    const int start = has_minimum ? 4 : 2;
    int finite = 1;
    for (int r = 0; r < PACKED_ROWS; r++) {
        memcpy(target + 2 * (output + r), source[r], 2);
        finite &= finite16(load16(source[r]));
        if (!has_minimum) continue;
        memcpy(target + 64 + 2 * (output + r), source[r] + 2, 2);
        finite &= finite16(load16(source[r] + 2));
    }
    target += 32 * start + 4 * output;
    lanes4 lanes[PACKED_ROWS];
    if (type == TK_Q8_0) {
        for (int half = 0; half < 2; half++) {
            for (int r = 0; r < PACKED_ROWS; r++)
                lanes[r] = load_lanes4(source[r] + start + 16 * half) ^ 0x80808080u;
            store_transposed(lanes, target + 512 * half);
        }
        return finite;
    }
    if (has_fifth) {
        for (int r = 0; r < PACKED_ROWS; r++) {
            const uint32_t fifths = spread_bits(load32(source[r] + start));
            memcpy(target + 4 * r, &fifths, 4);
        }
        target += 128;
    }
    // Byte j holds columns j (low) and j + 16.
    for (int r = 0; r < PACKED_ROWS; r++) {
        const uint8_t *codes = source[r] + start + (has_fifth ? 4 : 0);
        lanes[r] = nibble_lanes(load_nibbles(codes, 0), load_nibbles(codes, 1));
    }
    store_transposed(lanes, target);
    return finite;
}

/// The 6-bit scale and minimum of 32-column part `part` of a Q4_K or Q5_K block.
PACK_INLINE void k_scales(const uint8_t *packed, int part, uint8_t *scale, uint8_t *minimum) {
    if (part < 4) {
        *scale = packed[part] & 63;
        *minimum = packed[part + 4] & 63;
    } else {
        *scale = (packed[part + 4] & 15) | (packed[part - 4] >> 6) << 4;
        *minimum = packed[part + 4] >> 4 | (packed[part] >> 6) << 4;
    }
}

PACK_INLINE int pack_k(tk_type type, const uint8_t *const source[PACKED_ROWS], uint8_t *target,
                       int output) {
    const size_t part_bytes = type == TK_Q5_K ? PART_Q5_K : PART_Q4_K;
    int finite = 1;
    for (int r = 0; r < PACKED_ROWS; r++) {
        memcpy(target + 2 * (output + r), source[r], 2);
        memcpy(target + 64 + 2 * (output + r), source[r] + 2, 2);
        finite &= finite16(load16(source[r])) && finite16(load16(source[r] + 2));
    }
    for (int part = 0; part < 8; part++) {
        uint8_t *t = target + 128 + part * part_bytes;
        lanes4 lanes[PACKED_ROWS];
        for (int r = 0; r < PACKED_ROWS; r++) {
            k_scales(source[r] + 4, part, t + output + r, t + 32 + output + r);
            if (type == TK_Q5_K) {
                const uint32_t fifths = gather_bits(source[r] + 16, 8, part, 1);
                memcpy(t + 64 + 4 * (output + r), &fifths, 4);
            }
            // 64 columns share 32 bytes: the low halves are the first 32 columns.
            const uint8_t *codes = source[r] + (type == TK_Q5_K ? 48 : 16) + part / 2 * 32;
            lanes[r] =
                nibble_lanes(load_nibbles(codes, part % 2), load_nibbles(codes + 16, part % 2));
        }
        store_transposed(lanes, t + (type == TK_Q5_K ? 64 + 128 : 64) + 4 * output);
    }
    return finite;
}

PACK_INLINE int pack_q6(const uint8_t *const source[PACKED_ROWS], uint8_t *target, int output) {
    int finite = 1;
    for (int r = 0; r < PACKED_ROWS; r++) {
        memcpy(target + 2 * (output + r), source[r] + 208, 2);
        finite &= finite16(load16(source[r] + 208));
    }
    for (int part = 0; part < 8; part++) {
        uint8_t *t = target + 64 + part * PART_Q6_K;
        lanes4 lanes[PACKED_ROWS];
        for (int r = 0; r < PACKED_ROWS; r++) {
            t[output + r] = source[r][192 + 2 * part];
            t[32 + output + r] = source[r][192 + 2 * part + 1];
            // 128 columns share 64 low bytes and 32 high bytes.
            const uint8_t *low = source[r] + part / 4 * 64 + part % 2 * 32;
            const uint8_t *high = source[r] + 128 + part / 4 * 32;
            for (int half = 0; half < 2; half++) {
                const uint32_t pairs = gather_bits(high + 16 * half, 4, part % 4 * 2, 2);
                memcpy(t + 64 + 128 * half + 4 * (output + r), &pairs, 4);
            }
            lanes[r] = nibble_lanes(load_nibbles(low, part % 4 / 2),
                                    load_nibbles(low + 16, part % 4 / 2));
        }
        store_transposed(lanes, t + 64 + 256 + 4 * output);
    }
    return finite;
}

PACK_INLINE int pack_all(tk_type type, const uint8_t *const rows[TK_PANEL], size_t blocks,
                         size_t block_bytes, size_t panel_bytes, uint8_t *panel) {
    static const uint8_t zeros[256];
    int finite = 1;
    for (size_t block = 0; block < blocks; block++) {
        for (int output = 0; output < TK_PANEL; output += PACKED_ROWS) {
            const uint8_t *source[PACKED_ROWS];
            for (int r = 0; r < PACKED_ROWS; r++)
                source[r] = rows[output + r] ? rows[output + r] + block * block_bytes : zeros;
            if (type == TK_Q6_K)
                finite &= pack_q6(source, panel, output);
            else if (type == TK_Q4_K || type == TK_Q5_K)
                finite &= pack_k(type, source, panel, output);
            else
                finite &= pack_small(type, source, panel, output);
        }
        panel += panel_bytes;
    }
    return finite;
}

#define PACK_CASE(type)                                                                           \
    case type: return pack_all(type, rows, blocks, block_bytes, panel_bytes, panel);

int tk_pack_blocks(tk_type type, const uint8_t *const rows[TK_PANEL], size_t blocks,
                   size_t block_bytes, size_t panel_bytes, uint8_t *panel) {
    switch (type) {
        PACK_CASE(TK_Q8_0) PACK_CASE(TK_Q4_0) PACK_CASE(TK_Q4_1) PACK_CASE(TK_Q5_0)
        PACK_CASE(TK_Q5_1) PACK_CASE(TK_Q4_K) PACK_CASE(TK_Q5_K) PACK_CASE(TK_Q6_K)
    default: return 0;
    }
}
