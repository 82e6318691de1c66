// What the two halves of packing share: sizes of packed blocks in bytes for 32 outputs, and turning
// rows into lanes.
#ifndef TANDEM_PACKING_H
#define TANDEM_PACKING_H

#include "kernels.h"
#include <string.h>

enum {
    PANEL_Q8_0 = 64 + 8 * 128,
    PANEL_Q4_0 = 64 + 4 * 128,
    PANEL_Q4_1 = 128 + 4 * 128,
    PANEL_Q5_0 = 64 + 128 + 4 * 128,
    PANEL_Q5_1 = 128 + 128 + 4 * 128,
    PART_Q4_K = 64 + 4 * 128,
    PANEL_Q4_K = 128 + 8 * PART_Q4_K,
    PART_Q5_K = 64 + 128 + 4 * 128,
    PANEL_Q5_K = 128 + 8 * PART_Q5_K,
    PART_Q6_K = 64 + 2 * 128 + 4 * 128,
    PANEL_Q6_K = 64 + 8 * PART_Q6_K,
};

#define PACK_INLINE static inline __attribute__((always_inline))

/// Outputs that are packed together: four rows make four lanes of four.
enum { PACKED_ROWS = 4 };

/// Four 32-bit lanes. Every processor that Tandem runs on has vectors of this size.
typedef uint32_t lanes4 __attribute__((vector_size(16)));

PACK_INLINE lanes4 load_lanes4(const uint8_t *p) {
    lanes4 v;
    memcpy(&v, p, sizeof v);
    return v;
}

/// Lane l of row r becomes lane r of line l.
PACK_INLINE void transpose_lanes(const lanes4 rows[PACKED_ROWS], lanes4 lines[4]) {
    const lanes4 a = __builtin_shufflevector(rows[0], rows[1], 0, 4, 1, 5);
    const lanes4 b = __builtin_shufflevector(rows[2], rows[3], 0, 4, 1, 5);
    const lanes4 c = __builtin_shufflevector(rows[0], rows[1], 2, 6, 3, 7);
    const lanes4 d = __builtin_shufflevector(rows[2], rows[3], 2, 6, 3, 7);
    lines[0] = __builtin_shufflevector(a, b, 0, 1, 4, 5);
    lines[1] = __builtin_shufflevector(a, b, 2, 3, 6, 7);
    lines[2] = __builtin_shufflevector(c, d, 0, 1, 4, 5);
    lines[3] = __builtin_shufflevector(c, d, 2, 3, 6, 7);
}

/// Lane l of row r goes to target[128 l + 4 r]: four lines of a panel, for four outputs each.
PACK_INLINE void store_transposed(const lanes4 rows[PACKED_ROWS], uint8_t *target) {
    lanes4 lines[4];
    transpose_lanes(rows, lines);
    for (int i = 0; i < 4; i++) memcpy(target + 128 * i, &lines[i], sizeof lines[i]);
}

/// A weight of a compressed panel that has no code: its bits.
typedef struct {
    uint32_t column;
    uint16_t output, bits;
} compressed_exception;

/// Bytes before the exceptions of a compressed panel, and of 8 columns.
enum { COMPRESSED_HEAD = 8, COMPRESSED_GROUP = 3 * 128 };

/// Groups of 8 columns. There is room for as many exceptions, and for the end of their list.
PACK_INLINE size_t compressed_groups(size_t columns) { return (columns + 7) / 8; }

/// Where the groups of a panel begin.
PACK_INLINE size_t compressed_start(size_t columns) {
    const size_t list = (compressed_groups(columns) + 1) * sizeof(compressed_exception);
    return (COMPRESSED_HEAD + list + 63) / 64 * 64;
}

/// Packs a panel of BF16 as TK_BF16_COMPRESSED; see pack_compressed.c.
int tk_pack_compressed(const uint8_t *const rows[TK_PANEL], size_t columns, uint8_t *panel);

/// Packs all blocks of a type with blocks of 32 or 256 columns. Null rows are zeros.
int tk_pack_blocks(tk_type type, const uint8_t *const rows[TK_PANEL], size_t blocks,
                   size_t block_bytes, size_t panel_bytes, uint8_t *panel);

#endif
