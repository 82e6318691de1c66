// Weights from the layouts of GGUF and safetensors to panels.
//
// A panel of a block format holds, for each block of 32 columns: the scales of its 32 outputs, then
// the codes as 32-bit lanes, one lane an output. 4-bit codes: 4 vectors of lanes; lane byte b of
// vector g holds column 8g+b in its low half and column 8g+b+4 in its high half. 8-bit codes: 8
// vectors; byte b of vector g is column 4g+b, plus 128. The fifth bit: one lane, bit = column. Bits
// five and six: 2 lanes of 16 columns, 2 bits a column.

#include "packing.h"
#include <string.h>

static const struct {
    uint16_t block_columns, block_bytes, panel_bytes;
} formats[TK_TYPE_COUNT] = {
    [TK_F32] = {1, 4, 128},        [TK_F16] = {1, 2, 64},
    [TK_BF16] = {1, 2, 64},        [TK_Q8_0] = {32, 34, PANEL_Q8_0},
    [TK_Q4_0] = {32, 18, PANEL_Q4_0}, [TK_Q4_1] = {32, 20, PANEL_Q4_1},
    [TK_Q5_0] = {32, 22, PANEL_Q5_0}, [TK_Q5_1] = {32, 24, PANEL_Q5_1},
    [TK_Q4_K] = {256, 144, PANEL_Q4_K}, [TK_Q5_K] = {256, 176, PANEL_Q5_K},
    [TK_Q6_K] = {256, 210, PANEL_Q6_K},
};

size_t tk_panel_bytes(tk_type type, size_t columns) {
    if (type == TK_BF16) columns += columns % 2;
    return columns / formats[type].block_columns * formats[type].panel_bytes;
}

size_t tk_rounded_bytes(tk_type type, size_t columns, size_t rows) {
    return type == TK_BF16 ? (columns + 1) / 2 * 4 * rows : columns / 32 * 48 * rows;
}

static inline uint64_t load64(const uint8_t *p) {
    uint64_t v;
    memcpy(&v, p, 8);
    return v;
}

static inline uint16_t load16(const uint8_t *p) {
    uint16_t v;
    memcpy(&v, p, 2);
    return v;
}

/// Eight codes, one a byte, as the lane described above.
static inline uint32_t nibble_lane(uint64_t codes) {
    return (uint32_t)codes | (uint32_t)(codes >> 32) << 4;
}

/// Q4_0, Q4_1, Q5_0, Q5_1 and one 32-column part of Q4_K: byte j holds columns j (low) and j + 16.
static inline void nibble_lanes(const uint8_t *bytes, uint32_t lanes[4]) {
    const uint64_t mask = 0x0F0F0F0F0F0F0F0Full;
    uint64_t first = load64(bytes), second = load64(bytes + 8);
    lanes[0] = nibble_lane(first & mask);
    lanes[1] = nibble_lane(second & mask);
    lanes[2] = nibble_lane(first >> 4 & mask);
    lanes[3] = nibble_lane(second >> 4 & mask);
}

/// The 6-bit scale and minimum of 32-column part `part` of a Q4_K or Q5_K block.
static inline void k_scales(const uint8_t *packed, int part, uint8_t *scale, uint8_t *minimum) {
    if (part < 4) {
        *scale = packed[part] & 63;
        *minimum = packed[part + 4] & 63;
    } else {
        *scale = (packed[part + 4] & 15) | (packed[part - 4] >> 6) << 4;
        *minimum = packed[part + 4] >> 4 | (packed[part] >> 6) << 4;
    }
}

static inline int finite16(uint16_t half) { return (half & 0x7C00) != 0x7C00; }

static int pack_small_block(tk_type type, const uint8_t *source, int output, uint8_t *target) {
    const int has_minimum = type == TK_Q4_1 || type == TK_Q5_1;
    const int has_fifth = type == TK_Q5_0 || type == TK_Q5_1;
    uint16_t scale = load16(source), minimum = 0;
    memcpy(target + 2 * output, &scale, 2);
    source += 2;
    target += 64;
    if (has_minimum) {
        minimum = load16(source);
        memcpy(target + 2 * output, &minimum, 2);
        source += 2;
        target += 64;
    }
    if (type == TK_Q8_0) {
        for (int group = 0; group < 8; group++) {
            uint32_t codes;
            memcpy(&codes, source + 4 * group, 4);
            codes ^= 0x80808080u;
            memcpy(target + 128 * group + 4 * output, &codes, 4);
        }
        return finite16(scale);
    }
    if (has_fifth) {
        memcpy(target + 4 * output, source, 4);
        source += 4;
        target += 128;
    }
    uint32_t lanes[4];
    nibble_lanes(source, lanes);
    for (int group = 0; group < 4; group++) memcpy(target + 128 * group + 4 * output, &lanes[group], 4);
    return finite16(scale) && finite16(minimum);
}

static int pack_k_block(tk_type type, const uint8_t *source, int output, uint8_t *target) {
    memcpy(target + 2 * output, source, 2);
    memcpy(target + 64 + 2 * output, source + 2, 2);
    const uint8_t *scales = source + 4;
    const uint8_t *high = source + 16;
    const uint8_t *codes = source + (type == TK_Q5_K ? 48 : 16);
    const size_t part_bytes = type == TK_Q5_K ? PART_Q5_K : PART_Q4_K;
    for (int part = 0; part < 8; part++) {
        uint8_t *t = target + 128 + part * part_bytes;
        k_scales(scales, part, t + output, t + 32 + output);
        t += 64;
        // 64 columns share 32 bytes: the low halves are the first 32 columns.
        const uint8_t *bytes = codes + part / 2 * 32;
        const int shift = part % 2 * 4;
        if (type == TK_Q5_K) {
            uint32_t fifth = 0;
            for (int k = 0; k < 32; k++) fifth |= (uint32_t)(high[k] >> part & 1) << k;
            memcpy(t + 4 * output, &fifth, 4);
            t += 128;
        }
        for (int group = 0; group < 4; group++) {
            uint32_t lane = nibble_lane(load64(bytes + 8 * group) >> shift & 0x0F0F0F0F0F0F0F0Full);
            memcpy(t + 128 * group + 4 * output, &lane, 4);
        }
    }
    return finite16(load16(source)) && finite16(load16(source + 2));
}

static int pack_q6_block(const uint8_t *source, int output, uint8_t *target) {
    const uint8_t *low = source, *high = source + 128, *scales = source + 192;
    memcpy(target + 2 * output, source + 208, 2);
    for (int part = 0; part < 8; part++) {
        uint8_t *t = target + 64 + part * PART_Q6_K;
        t[output] = scales[2 * part];
        t[32 + output] = scales[2 * part + 1];
        t += 64;
        // 128 columns share 64 low bytes and 32 high bytes.
        const uint8_t *half_low = low + part / 4 * 64 + part % 2 * 32;
        const uint8_t *half_high = high + part / 4 * 32;
        const int low_shift = part % 4 / 2 * 4, high_shift = part % 4 * 2;
        uint32_t top[2] = {0, 0};
        for (int k = 0; k < 32; k++)
            top[k / 16] |= (uint32_t)(half_high[k] >> high_shift & 3) << (2 * (k % 16));
        memcpy(t + 4 * output, &top[0], 4);
        memcpy(t + 128 + 4 * output, &top[1], 4);
        t += 256;
        for (int group = 0; group < 4; group++) {
            uint32_t lane =
                nibble_lane(load64(half_low + 8 * group) >> low_shift & 0x0F0F0F0F0F0F0F0Full);
            memcpy(t + 128 * group + 4 * output, &lane, 4);
        }
    }
    return finite16(load16(source + 208));
}

static int pack_f32(const uint8_t *row, size_t columns, int output, uint8_t *panel) {
    uint32_t worst = 0;
    for (size_t k = 0; k < columns; k++) {
        uint32_t bits;
        memcpy(&bits, row + 4 * k, 4);
        uint32_t exponent = bits & 0x7F800000u;
        worst = exponent > worst ? exponent : worst;
        memcpy(panel + 128 * k + 4 * output, &bits, 4);
    }
    return worst != 0x7F800000u;
}

/// BF16: lane i of a pair of columns holds output i, the first column in its low half. F16: outputs
/// in order.
static int pack_16(tk_type type, const uint8_t *row, size_t columns, int output, uint8_t *panel) {
    const uint16_t mask = type == TK_BF16 ? 0x7F80 : 0x7C00;
    uint16_t worst = 0;
    for (size_t k = 0; k < columns; k++) {
        uint16_t bits = load16(row + 2 * k), exponent = bits & mask;
        worst = exponent > worst ? exponent : worst;
        const size_t place = type == TK_BF16 ? k / 2 * 64 + 2 * (size_t)output + k % 2
                                             : k * 32 + (size_t)output;
        memcpy(panel + 2 * place, &bits, 2);
    }
    return worst != mask;
}

int tk_pack_panel(tk_type type, const uint8_t *const rows[TK_PANEL], size_t columns, void *panel) {
    const size_t block_columns = formats[type].block_columns;
    const size_t block_bytes = formats[type].block_bytes, panel_bytes = formats[type].panel_bytes;
    int finite = 1;
    int has_gaps = type == TK_BF16 && columns % 2;
    for (int output = 0; output < TK_PANEL; output++) has_gaps |= !rows[output];
    if (has_gaps) memset(panel, 0, tk_panel_bytes(type, columns));
    for (int output = 0; output < TK_PANEL; output++) {
        const uint8_t *row = rows[output];
        if (!row) continue;
        if (type == TK_F32) {
            finite &= pack_f32(row, columns, output, panel);
        } else if (type == TK_F16 || type == TK_BF16) {
            finite &= pack_16(type, row, columns, output, panel);
        }
    }
    if (block_columns == 1) return finite;
    for (size_t block = 0; block < columns / block_columns; block++) {
        uint8_t *target = (uint8_t *)panel + block * panel_bytes;
        for (int output = 0; output < TK_PANEL; output++) {
            if (!rows[output]) continue;
            const uint8_t *source = rows[output] + block * block_bytes;
            if (type == TK_Q6_K) {
                finite &= pack_q6_block(source, output, target);
            } else if (type == TK_Q4_K || type == TK_Q5_K) {
                finite &= pack_k_block(type, source, output, target);
            } else {
                finite &= pack_small_block(type, source, output, target);
            }
        }
    }
    return finite;
}
