// Weights from the layouts of GGUF and safetensors to panels.
//
// A panel of F32 holds the 32 outputs of each column; of F16 too, in 16 bits each. A panel of BF16
// holds a 32-bit lane an output for each pair of columns: the first in its low half, the second (or
// zero) in its high half.
//
// A panel of a block format holds, for each block of 32 columns: the scales of its 32 outputs, then
// the codes as 32-bit lanes, one lane an output. 4-bit codes: 4 vectors of lanes; lane byte b of
// vector g holds column 8g+b in its low half and column 8g+b+4 in its high half. 8-bit codes: 8
// vectors; byte b of vector g is column 4g+b, plus 128. The fifth bit: one lane, bit w of byte b is
// that of column 4w+b. Bits five and six: 2 lanes of 16 columns, two bits where the fifth has one.

#include "packing.h"

static const struct {
    uint16_t block_columns, block_bytes, panel_bytes;
} formats[TK_TYPE_COUNT] = {
    [TK_F32] = {1, 4, 128},        [TK_F16] = {1, 2, 64},
    [TK_BF16] = {2, 4, 128},       [TK_Q8_0] = {32, 34, PANEL_Q8_0},
    [TK_Q4_0] = {32, 18, PANEL_Q4_0}, [TK_Q4_1] = {32, 20, PANEL_Q4_1},
    [TK_Q5_0] = {32, 22, PANEL_Q5_0}, [TK_Q5_1] = {32, 24, PANEL_Q5_1},
    [TK_Q4_K] = {256, 144, PANEL_Q4_K}, [TK_Q5_K] = {256, 176, PANEL_Q5_K},
    [TK_Q6_K] = {256, 210, PANEL_Q6_K},
};

size_t tk_panel_bytes(tk_type type, size_t columns) {
    if (type == TK_BF16_COMPRESSED)
        return compressed_start(columns) + compressed_groups(columns) * COMPRESSED_GROUP;
    const size_t block_columns = formats[type].block_columns;
    return (columns + block_columns - 1) / block_columns * formats[type].panel_bytes;
}

size_t tk_rounded_bytes(tk_type type, size_t columns, size_t rows) {
    return (columns + 31) / 32 * (type == TK_BF16 || type == TK_BF16_COMPRESSED ? 128 : 48) * rows;
}

typedef uint16_t halves8 __attribute__((vector_size(16)));

/// What is packed at a time: a cache line of every row, since rows may lie a power of two apart.
enum { LINE = 64, PACKED_LINE = LINE * TK_PANEL };

/// 16 lanes of 32 bits of each row.
PACK_INLINE int pack_lanes(tk_type type, const uint8_t *const source[TK_PANEL], uint8_t *target) {
    const lanes4 exponent = (lanes4){} + (type == TK_F32 ? 0x7F800000u : 0x7F807F80u);
    lanes4 bad = {};
    for (int output = 0; output < TK_PANEL; output += PACKED_ROWS) {
        for (int at = 0; at < LINE; at += 16) {
            lanes4 lanes[PACKED_ROWS];
            for (int r = 0; r < PACKED_ROWS; r++) {
                lanes[r] = load_lanes4(source[output + r] + at);
                const lanes4 found = lanes[r] & exponent;
                bad |= type == TK_F32 ? (lanes4)(found == exponent)
                                      : (lanes4)((halves8)found == (halves8)exponent);
            }
            store_transposed(lanes, target + 32 * at + 4 * output);
        }
    }
    return !(bad[0] | bad[1] | bad[2] | bad[3]);
}

/// Interleaves the low (or high) halves of two vectors of 16-bit values.
#define LOW(a, b) __builtin_shufflevector(a, b, 0, 8, 1, 9, 2, 10, 3, 11)
#define HIGH(a, b) __builtin_shufflevector(a, b, 4, 12, 5, 13, 6, 14, 7, 15)

/// 32 values of 16 bits of each row, columns apart: eight rows of eight columns at a time.
PACK_INLINE int pack_halves(const uint8_t *const source[TK_PANEL], uint8_t *target) {
    const halves8 exponent = (halves8){} + 0x7C00;
    halves8 bad = {};
    for (int output = 0; output < TK_PANEL; output += 8) {
        for (int at = 0; at < LINE; at += 16) {
            halves8 rows[8], next[8];
            for (int r = 0; r < 8; r++) {
                rows[r] = (halves8)load_lanes4(source[output + r] + at);
                bad |= (halves8)((rows[r] & exponent) == exponent);
            }
            // Rows r and r + 4 interleaved three times: column c ends in vector c.
            for (int round = 0; round < 3; round++) {
                for (int r = 0; r < 4; r++) {
                    next[2 * r] = LOW(rows[r], rows[r + 4]);
                    next[2 * r + 1] = HIGH(rows[r], rows[r + 4]);
                }
                memcpy(rows, next, sizeof rows);
            }
            for (int column = 0; column < 8; column++)
                memcpy(target + 32 * at + 64 * column + 2 * output, &rows[column],
                       sizeof rows[column]);
        }
    }
    const lanes4 any = (lanes4)bad;
    return !(any[0] | any[1] | any[2] | any[3]);
}

PACK_INLINE int pack_plain(tk_type type, const uint8_t *const rows[TK_PANEL], size_t row_bytes,
                           size_t panel_bytes, uint8_t *panel) {
    static const uint8_t zeros[LINE];
    const uint8_t *source[TK_PANEL];
    int finite = 1;
    size_t at = 0;
    for (; at + LINE <= row_bytes; at += LINE) {
        for (int i = 0; i < TK_PANEL; i++) source[i] = rows[i] ? rows[i] + at : zeros;
        finite &= type == TK_F16 ? pack_halves(source, panel + at * TK_PANEL)
                                 : pack_lanes(type, source, panel + at * TK_PANEL);
    }
    if (at == row_bytes) return finite;
    uint8_t rest[TK_PANEL][LINE] = {}, packed[PACKED_LINE];
    for (int i = 0; i < TK_PANEL; i++) {
        if (rows[i]) memcpy(rest[i], rows[i] + at, row_bytes - at);
        source[i] = rest[i];
    }
    finite &= type == TK_F16 ? pack_halves(source, packed) : pack_lanes(type, source, packed);
    memcpy(panel + at * TK_PANEL, packed, panel_bytes - at * TK_PANEL);
    return finite;
}

int tk_pack_split_panel(const uint8_t *const rows[TK_PANEL], size_t columns, void *rounded,
                        void *missing) {
    int finite = 1;
    for (size_t k = 0; k < columns + columns % 2; k++) {
        for (size_t i = 0; i < TK_PANEL; i++) {
            uint32_t bits = 0;
            if (rows[i] && k < columns) memcpy(&bits, rows[i] + 4 * k, sizeof bits);
            finite &= (bits & 0x7F800000u) != 0x7F800000u;
            const uint16_t high = (uint16_t)((bits + 0x8000u) >> 16), low = (uint16_t)bits;
            const size_t at = k / 2 * 128 + 4 * i + k % 2 * 2;
            memcpy((uint8_t *)rounded + at, &high, sizeof high);
            memcpy((uint8_t *)missing + at, &low, sizeof low);
        }
    }
    return finite;
}

int tk_pack_panel(tk_type type, const uint8_t *const rows[TK_PANEL], size_t columns, void *panel) {
    const size_t bytes = tk_panel_bytes(type, columns);
    switch (type) {
    case TK_F32: return pack_plain(TK_F32, rows, 4 * columns, bytes, panel);
    case TK_F16: return pack_plain(TK_F16, rows, 2 * columns, bytes, panel);
    case TK_BF16: return pack_plain(TK_BF16, rows, 2 * columns, bytes, panel);
    case TK_BF16_COMPRESSED: return tk_pack_compressed(rows, columns, panel);
    default:
        return tk_pack_blocks(type, rows, columns / formats[type].block_columns,
                              formats[type].block_bytes, formats[type].panel_bytes, panel);
    }
}
