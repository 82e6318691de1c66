// Compares the NEON kernels with the scalar ones, bit by bit; run by `compare` under qemu.
#include "kernels.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS = 768, ROWS = 13, POSITIONS = 200, DIMENSION = 64, CAPACITY = 512 };

static int found, compared;
static const tk_kernels *kernels[2];

static void expect(const void *a, const void *b, size_t bytes, const char *what, int type, int rows) {
    compared++;
    if (memcmp(a, b, bytes) == 0) return;
    found++;
    printf("%s, type %d, %d rows: different\n", what, type, rows);
}

static float between(float low, float high) {
    return low + (high - low) * ((float)rand() / (float)RAND_MAX);
}

static void *room(size_t bytes) {
    void *memory = calloc(1, bytes + 64);
    if (!memory) exit(2);
    return memory;
}

/// A random panel of `type` whose scales are finite.
static void *random_panel(tk_type type) {
    static const size_t bytes[] = {4, 2, 2, 2, 34, 18, 20, 22, 24, 144, 176, 210};
    static const size_t columns[] = {1, 1, 1, 1, 32, 32, 32, 32, 32, 256, 256, 256};
    const size_t row_bytes = COLUMNS / columns[type] * bytes[type];
    uint8_t *source = room(TK_PANEL * row_bytes);
    const uint8_t *rows[TK_PANEL];
    for (size_t i = 0; i < TK_PANEL * row_bytes; i++) source[i] = (uint8_t)rand();
    for (size_t at = 0; at < TK_PANEL * row_bytes; at += bytes[type]) {
        uint8_t *block = source + at;
        if (type == TK_F32) block[3] = (block[3] & 0xBF) | 0x30;
        else if (type == TK_BF16) block[1] = (block[1] & 0xBF) | 0x30;
        // One in 512 is far smaller than the others.
        else if (type == TK_BF16_COMPRESSED)
            block[1] = at % 1024 ? (block[1] & 0xBF) | 0x3C : 0x10;
        else if (type == TK_Q6_K) block[209] = (block[209] & 0xAF) | 0x20;
        else block[1] = (block[1] & 0xAF) | 0x20;
        if (type == TK_Q4_1 || type == TK_Q5_1 || type == TK_Q4_K || type == TK_Q5_K)
            block[3] = (block[3] & 0xAF) | 0x20;
    }
    for (int r = 0; r < TK_PANEL; r++) rows[r] = source + (size_t)r * row_bytes;
    void *panel = room(2 * tk_panel_bytes(type == TK_F32 ? TK_BF16 : type, COLUMNS));
    if (type == TK_F32)
        tk_pack_split_panel(rows, COLUMNS, panel, (char *)panel + tk_panel_bytes(TK_BF16, COLUMNS));
    else
        found += tk_pack_panel(type, rows, COLUMNS, panel) != TK_PACKED;
    free(source);
    return panel;
}

static void compare_low_rank(tk_type type, const void *panel, const float *x) {
    const tk_type packed = type == TK_F32 ? TK_BF16 : type;
    const void *missing =
        type == TK_F32 ? (const char *)panel + tk_panel_bytes(TK_BF16, COLUMNS) : 0;
    for (int rows = 1; rows <= TK_FUSED_ROWS; rows++) {
        float low[2][TK_FUSED_ROWS * 16], high[2][TK_FUSED_ROWS * 16];
        float sums[2][TK_FUSED_ROWS * TK_PANEL] = {};
        for (int k = 0; k < 2; k++) {
            kernels[k]->half_panel(packed, panel, missing, 250, x, x + 256, COLUMNS, rows, low[k],
                                   high[k], 16);
            kernels[k]->add_panels(packed, panel, missing, 0, 1, 300, x, COLUMNS, rows, 0.3f,
                                   sums[k], TK_PANEL);
        }
        expect(low[0], low[1], (size_t)rows * 64, "low halves", (int)type, rows);
        expect(high[0], high[1], (size_t)rows * 64, "high halves", (int)type, rows);
        expect(sums[0], sums[1], (size_t)rows * 128, "added panels", (int)type, rows);
    }
}

static void compare_products(tk_type type, const void *panel, const float *x) {
    for (int rows = 1; rows <= TK_TILE; rows++) {
        float *tile[2], *block_sums[2], *expanded[2], output[2][TK_TILE * TK_PANEL], row[2][256];
        for (int k = 0; k < 2; k++) {
            tile[k] = room((size_t)rows * COLUMNS * 4);
            block_sums[k] = room((size_t)rows * COLUMNS / 32 * 4);
            expanded[k] = room(TK_EXPANDED * 4);
            kernels[k]->interleave(type, x, COLUMNS, COLUMNS, rows, tile[k], block_sums[k]);
            if (rows <= TK_FUSED_ROWS)
                kernels[k]->panels(type, panel, 0, 1, COLUMNS, tile[k], block_sums[k], rows,
                                   output[k], TK_PANEL, 0);
            for (size_t first = 0; rows > TK_FUSED_ROWS && first < COLUMNS; first += 256) {
                kernels[k]->expand(type, panel, first, 256, expanded[k]);
                kernels[k]->dequantize(type, expanded[k], 256, 5, row[k]);
                kernels[k]->tile(type, expanded[k], 256, tile[k] + first * (size_t)rows,
                                 block_sums[k] + first / 32 * (size_t)rows, rows, output[k],
                                 TK_PANEL, first != 0);
            }
        }
        expect(tile[0], tile[1], (size_t)rows * COLUMNS * 4, "tile", (int)type, rows);
        expect(block_sums[0], block_sums[1], (size_t)rows * COLUMNS / 8, "sums", (int)type, rows);
        expect(output[0], output[1], (size_t)rows * 128, "products", (int)type, rows);
        if (rows > TK_FUSED_ROWS) expect(row[0], row[1], 1024, "row", (int)type, rows);
    }
}

static void compare_rounded(tk_type type, const void *panel, const float *x) {
    for (int rows = 1; rows <= ROWS; rows++) {
        const size_t bytes = tk_rounded_bytes(type, COLUMNS, (size_t)rows);
        float output[2][ROWS * TK_PANEL], scratch[TK_EXPANDED];
        void *rounded[2];
        for (int k = 0; k < 2; k++) {
            rounded[k] = room(bytes);
            for (int start = 0; start < rows; start += TK_TILE) {
                const int count = rows - start < TK_TILE ? rows - start : TK_TILE;
                kernels[k]->round_rows(
                    type, x + start * COLUMNS, COLUMNS, COLUMNS, count,
                    (uint8_t *)rounded[k] + tk_rounded_bytes(type, COLUMNS, (size_t)start));
            }
            kernels[k]->rounded_panel(type, panel, COLUMNS, rounded[k], rows, output[k], TK_PANEL,
                                      scratch, 0);
        }
        expect(rounded[0], rounded[1], bytes, "rounded rows", (int)type, rows);
        expect(output[0], output[1], (size_t)rows * 128, "rounded products", (int)type, rows);
    }
}

static void compare_attention(tk_cache cache) {
    float *keys[2], *values[2], key[DIMENSION], value[DIMENSION], queries[TK_TILE * DIMENSION];
    const size_t bytes = CAPACITY * DIMENSION * 4;
    for (int k = 0; k < 2; k++) keys[k] = room(bytes), values[k] = room(bytes);
    for (size_t p = 0; p < POSITIONS; p++) {
        for (int i = 0; i < DIMENSION; i++) key[i] = between(-1, 1), value[i] = between(-1, 1);
        for (int k = 0; k < 2; k++)
            kernels[k]->cache_position(cache, key, value, DIMENSION, CAPACITY, p, keys[k],
                                       values[k]);
    }
    expect(keys[0], keys[1], bytes, "keys", (int)cache, 0);
    expect(values[0], values[1], bytes, "values", (int)cache, 0);
    for (int count = 1; count <= TK_TILE; count++) {
        float block[2][TK_TILE * DIMENSION], maximums[2][TK_TILE], sums[2][TK_TILE];
        int32_t visible[TK_TILE];
        for (int i = 0; i < count * DIMENSION; i++) queries[i] = between(-2, 2);
        for (int i = 0; i < count; i++) visible[i] = 150 + 4 * i;
        for (int k = 0; k < 2; k++)
            kernels[k]->attend(cache, keys[k], values[k], DIMENSION, DIMENSION, CAPACITY, 224,
                               queries, count, visible, 0.125f, block[k], maximums[k], sums[k]);
        expect(block[0], block[1], (size_t)count * DIMENSION * 4, "attention", (int)cache, count);
        expect(maximums[0], maximums[1], (size_t)count * 4, "maximums", (int)cache, count);
        expect(sums[0], sums[1], (size_t)count * 4, "sums of exponentials", (int)cache, count);
    }
}

static void compare_elementwise(void) {
    enum { COUNT = 597, STRIDE = 296, WHOLE = 288 };
    float x[COUNT], y[COUNT], norm[2][COUNT], gate[2][COUNT], sum[2][COUNT];
    int64_t largest[2];
    for (int i = 0; i < COUNT; i++) x[i] = between(-30, 30), y[i] = between(0, 1);
    for (int k = 0; k < 2; k++) {
        kernels[k]->rms_norm(x, y, COUNT, 1e-5f, norm[k]);
        memcpy(gate[k], x, sizeof gate[k]);
        kernels[k]->silu_multiply(gate[k], y, 2, STRIDE, WHOLE);
        memcpy(sum[k], x, sizeof sum[k]);
        kernels[k]->add(sum[k], y, 2, STRIDE, WHOLE);
        largest[k] = kernels[k]->argmax(x, COUNT);
    }
    expect(norm[0], norm[1], sizeof norm[0], "norm", 0, 0);
    expect(gate[0], gate[1], sizeof gate[0], "activation", 0, 0);
    expect(sum[0], sum[1], sizeof sum[0], "sum", 0, 0);
    expect(&largest[0], &largest[1], sizeof largest[0], "largest", 0, 0);
}

int main(void) {
    kernels[0] = tk_kernels_for(TK_SCALAR);
    kernels[1] = tk_kernels_for(TK_NEON);
    if (!kernels[1]) {
        puts("this build has no NEON kernels");
        return 2;
    }
    static float x[ROWS * COLUMNS];
    for (int i = 0; i < ROWS * COLUMNS; i++) x[i] = between(-0.5f, 0.5f);
    for (int type = 0; type < TK_TYPE_COUNT; type++) {
        const void *panel = random_panel((tk_type)type);
        if (type <= TK_BF16) compare_low_rank((tk_type)type, panel, x);
        if (type != TK_F32) compare_products((tk_type)type, panel, x);
        if (type >= TK_BF16) compare_rounded((tk_type)type, panel, x);
    }
    compare_attention(TK_CACHE_F32);
    compare_attention(TK_CACHE_F16);
    compare_elementwise();
    printf("%d of %d comparisons the same\n", compared - found, compared);
    return found != 0;
}
