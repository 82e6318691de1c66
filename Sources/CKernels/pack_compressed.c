// BF16 in three quarters of its bytes, without loss: a weight's exponent is a code of 4 bits, since
// those of a panel are few. Weights that were BF16 before they became F16 or F32 are BF16 again.
//
// A panel begins with its largest exponent, where both halves of a lane have theirs, the place of its
// groups, and its exceptions. Then each group of 8 columns: a lane of codes an output, and two lanes
// of signs and mantissas. Code c < 15 is the c-th exponent below the largest, code 15 is exponent 0:
// zeros and the very smallest. Weights in between are exceptions, which are listed by their columns.
//
// Lanes are built from pairs of columns as TK_BF16 has them. Codes of pair p stand at bit 4 p of each
// half. Signs and mantissas of pairs 0 and 2 stay where they are in a lane, those of pairs 1 and 3
// fill its gaps, turned by 8 bits.

#include "packing.h"

typedef int16_t signed8 __attribute__((vector_size(16)));

enum { GROUPS_TOGETHER = 4, LINE = 64 };

/// Where a panel is written to.
typedef struct {
    uint8_t *groups;
    compressed_exception *exceptions;
    size_t count, room;
    int is_full;
    lanes4 largest;
} compressed_target;

static void add_exception(compressed_target *target, size_t column, size_t output, uint16_t bits) {
    target->is_full |= target->count == target->room;
    if (target->is_full) return;
    size_t at = target->count++;
    for (; at > 0 && target->exceptions[at - 1].column > column; at--)
        target->exceptions[at] = target->exceptions[at - 1];
    target->exceptions[at] = (compressed_exception){(uint32_t)column, (uint16_t)output, bits};
}

/// One group of four outputs: pairs[p] has pair p of each.
PACK_INLINE void pack_group(const lanes4 pairs[4], size_t group, size_t output,
                            compressed_target *target) {
    lanes4 codes = {}, rest[2] = {}, bad[4], any = {};
    for (int p = 0; p < 4; p++) {
        const signed8 exponents = (signed8)(pairs[p] & 0x7F807F80u);
        const signed8 distance = (signed8)target->largest - exponents;
        const signed8 is_none = exponents == 0;
        bad[p] = (lanes4)((distance > (14 << 7)) & ~is_none);
        any |= bad[p];
        const lanes4 code = (lanes4)(distance | is_none) & 0x07800780u;
        codes |= code >> 7 << 4 * p;
        const lanes4 kept = pairs[p] & 0x807F807Fu;
        rest[p / 2] |= p % 2 ? kept >> 8 | kept << 24 : kept;
    }
    uint8_t *place = target->groups + group * COMPRESSED_GROUP + 4 * output;
    memcpy(place, &codes, sizeof codes);
    memcpy(place + 128, &rest[0], sizeof codes);
    memcpy(place + 256, &rest[1], sizeof codes);
    if (!(any[0] | any[1] | any[2] | any[3])) return;
    for (size_t i = 0; i < 4; i++)
        for (size_t k = 0; k < 8; k++)
            if (bad[k / 2][i] >> 16 * (k % 2) & 1)
                add_exception(target, 8 * group + k, output + i,
                              (uint16_t)(pairs[k / 2][i] >> 16 * (k % 2)));
}

/// Up to four groups of all outputs.
PACK_INLINE void pack_line(const uint8_t *const source[TK_PANEL], size_t first, size_t groups,
                           compressed_target *target) {
    for (size_t output = 0; output < TK_PANEL; output += PACKED_ROWS) {
        for (size_t group = 0; group < groups; group++) {
            lanes4 rows[PACKED_ROWS], pairs[4];
            for (size_t r = 0; r < PACKED_ROWS; r++)
                rows[r] = load_lanes4(source[output + r] + 16 * group);
            transpose_lanes(rows, pairs);
            pack_group(pairs, first + group, output, target);
        }
    }
}

PACK_INLINE signed8 larger_exponents(signed8 largest, const uint8_t *p) {
    const signed8 exponents = (signed8)(load_lanes4(p) & 0x7F807F80u);
    return __builtin_elementwise_max(largest, exponents);
}

/// The largest exponent of all weights, where it stands in a half.
static uint16_t largest_exponent(const uint8_t *const rows[TK_PANEL], size_t columns) {
    const size_t bytes = 2 * columns, whole = bytes / 16 * 16;
    signed8 largest = {};
    for (size_t i = 0; i < TK_PANEL; i++) {
        if (!rows[i]) continue;
        uint8_t rest[16] = {};
        memcpy(rest, rows[i] + whole, bytes - whole);
        largest = larger_exponents(largest, rest);
        for (size_t at = 0; at < whole; at += 16)
            largest = larger_exponents(largest, rows[i] + at);
    }
    return (uint16_t)__builtin_reduce_max(largest);
}

int tk_pack_compressed(const uint8_t *const rows[TK_PANEL], size_t columns, uint8_t *panel) {
    static const uint8_t zeros[LINE];
    const uint32_t largest = largest_exponent(rows, columns) * 0x10001u;
    const uint32_t start = (uint32_t)compressed_start(columns);
    memset(panel, 0, start);
    memcpy(panel, &largest, sizeof largest);
    memcpy(panel + sizeof largest, &start, sizeof start);
    compressed_target target = {
        .groups = panel + start,
        .exceptions = (compressed_exception *)(void *)(panel + COMPRESSED_HEAD),
        .room = compressed_groups(columns),
        .largest = (lanes4){} + largest,
    };
    for (size_t first = 0; first < compressed_groups(columns); first += GROUPS_TOGETHER) {
        const size_t at = 2 * 8 * first, left = 2 * columns - at;
        const uint8_t *source[TK_PANEL];
        uint8_t rest[TK_PANEL][LINE];
        for (size_t i = 0; i < TK_PANEL; i++) {
            source[i] = rows[i] ? rows[i] + at : zeros;
            if (left >= LINE || !rows[i]) continue;
            memset(rest[i], 0, LINE);
            memcpy(rest[i], rows[i] + at, left);
            source[i] = rest[i];
        }
        const size_t groups = left < LINE ? (left + 15) / 16 : GROUPS_TOGETHER;
        pack_line(source, first, groups, &target);
    }
    if (largest == 0x7F807F80u) return TK_NOT_FINITE;
    if (target.is_full) return TK_INCOMPRESSIBLE;
    target.exceptions[target.count].column = UINT32_MAX;
    return TK_PACKED;
}

/// The bits of a finite f16 as f32.
PACK_INLINE uint32_t widened(uint16_t half) {
    const uint32_t size = half & 0x7FFFu;
    // Below 2^-14 in steps of 2^-24.
    const float small = (float)(int32_t)size * 0x1p-24f;
    uint32_t bits;
    memcpy(&bits, &small, sizeof bits);
    if (size >= 0x400) bits = (size << 13) + (112u << 23);
    return bits | (half & 0x8000u) << 16;
}

int tk_narrow_row(tk_type type, const uint8_t *row, size_t columns, uint8_t *narrow) {
    uint32_t lost = 0;
    for (size_t k = 0; k < columns; k++) {
        uint32_t bits;
        if (type == TK_F32) {
            memcpy(&bits, row + 4 * k, sizeof bits);
        } else {
            uint16_t half;
            memcpy(&half, row + 2 * k, sizeof half);
            bits = widened(half);
            lost |= (half & 0x7C00u) == 0x7C00u;
        }
        lost |= bits & 0xFFFFu;
        const uint16_t high = (uint16_t)(bits >> 16);
        memcpy(narrow + 2 * k, &high, sizeof high);
    }
    return lost ? TK_INCOMPRESSIBLE : TK_PACKED;
}

int tk_is_readable(const void *panel, size_t columns) {
    const uint8_t *head = panel;
    uint32_t start;
    memcpy(&start, head + 4, sizeof start);
    if (start != compressed_start(columns)) return 0;
    const compressed_exception *next = (const void *)(head + COMPRESSED_HEAD);
    const compressed_exception *last = next + compressed_groups(columns);
    for (uint32_t group = 0; next->column != UINT32_MAX; next++) {
        if (next == last || next->column / 8 < group || next->column >= 8 * compressed_groups(columns)
            || next->output >= TK_PANEL)
            return 0;
        group = next->column / 8;
    }
    return 1;
}
