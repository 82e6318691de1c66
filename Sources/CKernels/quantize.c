// Rounding of rows to Q8_0 and Q4_0, by the reference rules of ggml ("ggml-quants.c"): all steps in f32,
// the scale kept as f16.

#include "kernels.h"
#include <math.h>
#include <string.h>

enum { BLOCK = 32 };

/// One block of a row as f32. Returns 1 when all values are finite.
static inline int load_block(tk_type type, const uint8_t *row, float x[BLOCK]) {
    uint32_t worst = 0;
    for (int i = 0; i < BLOCK; i++) {
        if (type == TK_F32) {
            memcpy(&x[i], row + 4 * i, 4);
        } else if (type == TK_BF16) {
            uint16_t half;
            memcpy(&half, row + 2 * i, 2);
            uint32_t bits = (uint32_t)half << 16;
            memcpy(&x[i], &bits, 4);
        } else {
            _Float16 half;
            memcpy(&half, row + 2 * i, 2);
            x[i] = (float)half;
        }
    }
    for (int i = 0; i < BLOCK; i++) {
        uint32_t bits;
        memcpy(&bits, &x[i], 4);
        bits &= 0x7F800000u;
        worst = bits > worst ? bits : worst;
    }
    return worst != 0x7F800000u;
}

/// 1 / d; 0 for a block of zeros, and where d is so small that its f16 is 0.
static inline float inverse(float d) {
    const float inverse = 1.0f / d;
    return isinf(inverse) ? 0.0f : inverse;
}

/// d = max |x| / 127; each code is x / d, rounded to nearest, halves away from zero.
static void quantize_8(const float x[BLOCK], uint8_t *block) {
    float largest = 0;
    for (int i = 0; i < BLOCK; i++) largest = fmaxf(largest, fabsf(x[i]));
    const float d = largest / 127.0f, factor = inverse(d);
    const _Float16 scale = (_Float16)d;
    memcpy(block, &scale, 2);
    for (int i = 0; i < BLOCK; i++) {
        const float scaled = x[i] * factor, size = fabsf(scaled);
        const int whole = (int)size;
        // The difference is exact.
        const int rounded = whole + (size - (float)whole >= 0.5f);
        block[2 + i] = (uint8_t)(int8_t)(scaled < 0 ? -rounded : rounded);
    }
}

/// d = the value of largest size / -8; each code is x / d + 8.5, cut off, at most 15.
static void quantize_4(const float x[BLOCK], uint8_t *block) {
    float largest = 0, extreme = 0;
    for (int i = 0; i < BLOCK; i++) {
        if (fabsf(x[i]) > largest) {
            largest = fabsf(x[i]);
            extreme = x[i];
        }
    }
    const float d = extreme / -8.0f, factor = inverse(d);
    const _Float16 scale = (_Float16)d;
    memcpy(block, &scale, 2);
    uint8_t codes[BLOCK];
    for (int i = 0; i < BLOCK; i++) {
        const int code = (int)(x[i] * factor + 8.5f);
        codes[i] = (uint8_t)(code < 15 ? code : 15);
    }
    for (int i = 0; i < BLOCK / 2; i++)
        block[2 + i] = (uint8_t)(codes[i] | codes[i + BLOCK / 2] << 4);
}

int tk_quantize_row(tk_type source, const uint8_t *row, size_t columns, tk_type target,
                    uint8_t *blocks) {
    const size_t size = source == TK_F32 ? 4 : 2;
    int finite = 1;
    for (size_t k = 0; k < columns; k += BLOCK) {
        float x[BLOCK];
        switch (source) {
        case TK_F32: finite &= load_block(TK_F32, row + size * k, x); break;
        case TK_BF16: finite &= load_block(TK_BF16, row + size * k, x); break;
        default: finite &= load_block(TK_F16, row + size * k, x); break;
        }
        // A code of a NaN is not defined.
        if (!finite) return TK_NOT_FINITE;
        if (target == TK_Q8_0)
            quantize_8(x, blocks + k / BLOCK * 34);
        else
            quantize_4(x, blocks + k / BLOCK * 18);
    }
    return TK_PACKED;
}
