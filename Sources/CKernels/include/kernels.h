// The whole numeric surface of Tandem.
//
// Matrices are stored in panels of 32 outputs (rows of the weight matrix). Vector lanes run over the
// outputs of a panel. With F32, F16 and BF16 every output's sum is one chain of fused multiply-adds
// over the columns, cut into blocks of TK_SUM_BLOCK columns whose sums are added in order. With block
// types it is a chain of codes (whole numbers) × x over the columns that share a scale, times the
// scale, and the minimum times the sum of x, block after block.
// The order depends on the number of columns alone: not on the rows computed together, the threads,
// or the vector width. All instruction sets give the same bits.
// Products with rounded activations sum whole numbers exactly, or bf16 in two chains for 32 columns, of
// the even and of the odd ones; see rounded.inc.
#ifndef TANDEM_KERNELS_H
#define TANDEM_KERNELS_H

#include <stddef.h>
#include <stdint.h>

/// Outputs in a panel.
#define TK_PANEL 32
/// Columns that are summed in one chain.
#define TK_SUM_BLOCK 256
/// Values of an expanded piece of a panel: codes, scales (two for 32 columns at most), minimums.
enum { TK_EXPANDED = (TK_SUM_BLOCK + TK_SUM_BLOCK / 16 + TK_SUM_BLOCK / 32) * TK_PANEL };
/// The most rows (of activations) that one tile holds.
#define TK_TILE 12
/// The most rows that `panels` takes.
#define TK_FUSED_ROWS 4
/// Cached positions that share one softmax; see `attend`.
#define TK_ATTENTION_BLOCK 256

typedef enum {
    TK_F32,
    TK_F16,
    TK_BF16,
    /// BF16 in three quarters of the bytes; products have the same bits.
    TK_BF16_COMPRESSED,
    TK_Q8_0,
    TK_Q4_0,
    TK_Q4_1,
    TK_Q5_0,
    TK_Q5_1,
    TK_Q4_K,
    TK_Q5_K,
    TK_Q6_K,
    TK_TYPE_COUNT
} tk_type;

/// Bytes of one packed panel of `columns` columns. At most the file's bytes for 32 rows, plus 3 %.
size_t tk_panel_bytes(tk_type type, size_t columns);

/// Bytes of `rows` rounded rows of `columns` columns.
size_t tk_rounded_bytes(tk_type type, size_t columns, size_t rows);

/// What packing ends with.
enum {
    TK_NOT_FINITE,
    TK_PACKED,
    /// The weights differ too much in size for TK_BF16_COMPRESSED, or BF16 does not have them all.
    TK_INCOMPRESSIBLE,
};

/// Packs 32 rows, each as it stands in the file, into one panel. A null row is zeros.
int tk_pack_panel(tk_type type, const uint8_t *const rows[TK_PANEL], size_t columns, void *panel);

/// Whether a panel of TK_BF16_COMPRESSED that comes from outside can be read: 1 where its head is as
/// packing leaves it, 0 otherwise. Kernels look no more.
int tk_is_readable(const void *panel, size_t columns);

/// Packs 32 rows of F32 into two panels of BF16's size: the values rounded to bf16, and what is missing
/// from each, a whole number of 16 bits. The sum of both parts' bits, the second with its sign, is the
/// value's. Returns TK_PACKED or TK_NOT_FINITE.
int tk_pack_split_panel(const uint8_t *const rows[TK_PANEL], size_t columns, void *rounded,
                        void *missing);

/// Gives a row of F32 or F16 as BF16, when that has all its values. Returns TK_PACKED, or
/// TK_INCOMPRESSIBLE, for what is not finite too.
int tk_narrow_row(tk_type type, const uint8_t *row, size_t columns, uint8_t *narrow);

/// Rounds a row of F32, F16 or BF16 to blocks of Q8_0 or Q4_0. `columns` is a multiple of 32.
/// Returns TK_PACKED or TK_NOT_FINITE.
int tk_quantize_row(tk_type source, const uint8_t *row, size_t columns, tk_type target,
                    uint8_t *blocks);

/// The type of cached keys and values.
typedef enum { TK_CACHE_F32, TK_CACHE_F16 } tk_cache;

/// A piece of memory.
typedef struct {
    const void *start;
    size_t bytes;
} tk_range;

/// What is read from memory after the panels of a product, and asked for while they are multiplied.
typedef struct {
    /// The panels that follow them.
    const void *next;
    /// What is read in between: `count` ranges, of which `share` bytes are asked for with every 256
    /// bytes of panels. What was asked for is taken from them; `credit` begins with 0.
    tk_range *ranges;
    size_t count, share, credit;
} tk_ahead;

/// The kernels of one instruction set.
typedef struct {
    const char *name;

    /// Whether these kernels multiply 4-bit codes where they stand, by tiles in which x is smaller by the
    /// same powers of two. What they add up is the same, but for x below 2^-114, which lose digits.
    int places_nibbles;

    /// Products of `count` neighbouring panels with `rows` (1 … TK_FUSED_ROWS) rows.
    /// tile: [columns, rows] and sums: [columns / 32, rows], as `interleave` gives them;
    /// output: [rows, stride], count × 32 values each. ahead: null where the panels are in the cache.
    void (*panels)(tk_type type, const void *panels, size_t panel_bytes, size_t count,
                   size_t columns, const float *tile, const float *sums, int rows, float *output,
                   size_t stride, tk_ahead *ahead);

    /// Columns first ..< first + count of a panel as `tile` reads them, TK_EXPANDED values at most:
    /// [count, 32] weights, or codes with their scales and minimums. `first` is a multiple of
    /// TK_SUM_BLOCK, count ≤ TK_SUM_BLOCK.
    void (*expand)(tk_type type, const void *panel, size_t first, size_t count, float *expanded);

    /// The weights [count] of output `output` (0 … 31) of what `expand` gave.
    void (*dequantize)(tk_type type, const float *expanded, size_t count, int output, float *row);

    /// output [rows, stride], 32 values each, = (or, from a panel's second piece on, +=) products of
    /// what `expand` gave with rows: 1 … TK_TILE. x: [count, rows], sums: [count / 32, rows].
    void (*tile)(tk_type type, const float *expanded, size_t count, const float *x,
                 const float *sums, int rows, float *output, size_t stride, int accumulate);

    /// Products of a panel of two halves with `rows` (1 … TK_FUSED_ROWS) rows [rows, x_stride]: its
    /// first 16 outputs with columns low[0 ..< columns], the others with high. Sums: [rows, stride],
    /// 16 values each; high_sums may be null. columns ≤ TK_SUM_BLOCK. F16, BF16, or F32 as
    /// `tk_pack_split_panel` packs it: BF16 with what is missing, otherwise null.
    void (*half_panel)(tk_type type, const void *panel, const void *missing, size_t columns,
                       const float *low, const float *high, size_t x_stride, int rows,
                       float *low_sums, float *high_sums, size_t stride);

    /// output [rows, stride] += scaling × products of `count` neighbouring panels of `rank` columns
    /// with `rows` (1 … TK_FUSED_ROWS) rows [rows, x_stride]. Types as for `half_panel`.
    void (*add_panels)(tk_type type, const void *panels, const void *missing, size_t panel_bytes,
                       size_t count, size_t rank, const float *x, size_t x_stride, int rows,
                       float scaling, float *output, size_t stride);

    /// A tile [columns, count] of `count` (≤ TK_TILE) rows [count, stride] for products with weights of
    /// `type`, and the sums of every 32 columns [columns / 32, count] unless `sums` is null. The tile
    /// is the same for all types, but for 4-bit codes where `places_nibbles` says so.
    void (*interleave)(tk_type type, const float *rows, size_t stride, size_t columns, int count,
                       float *tile, float *sums);

    /// The same with rounded activations: int8 in blocks of 32 columns for block types, bf16 for TK_BF16;
    /// see rounded.inc for the layout.
    void (*round_rows)(tk_type type, const float *rows, size_t stride, size_t columns, int count,
                       void *tile);

    /// Products of one panel of a block type or BF16 with `rows` (from 1) rounded rows, in tiles of
    /// TK_TILE rows, of which the last may have fewer. scratch: room for TK_EXPANDED values.
    /// output: [rows, stride], 32 values each. The order of the sums depends on the columns alone.
    /// ahead: as for `panels`.
    void (*rounded_panel)(tk_type type, const void *panel, size_t columns, const void *tiles,
                          int rows, float *output, size_t stride, float *scratch,
                          tk_ahead *ahead);

    /// y = x / sqrt(mean(x²) + epsilon) × weight.
    void (*rms_norm)(const float *x, const float *weight, size_t count, float epsilon, float *y);

    /// gate = gate / (1 + exp(-gate)) × up, in place; `count` values of each row, [rows, stride].
    void (*silu_multiply)(float *gate, const float *up, size_t rows, size_t stride, size_t count);

    /// x += y; `count` values of each row, [rows, stride].
    void (*add)(float *x, const float *y, size_t rows, size_t stride, size_t count);

    /// Exponentials of scale × scores [count ≤ TK_ATTENTION_BLOCK, a multiple of 32] relative to
    /// their maximum, in place; positions from `valid` on become 0. Returns the maximum, and the sum
    /// in *sum.
    float (*softmax_block)(float *scores, size_t count, size_t valid, float scale, float *sum);

    /// Attention of `count` (1 … TK_TILE) queries [dimension, count] of one head over `positions`
    /// (≤ TK_ATTENTION_BLOCK, a multiple of 32) cached positions, of which query r sees the first
    /// visible[r]. block: [count, padded], values weighted by exponentials relative to maximums[r],
    /// whose sum is sums[r]. Keys: [positions / 32][dimension][32]; values: [padded / 32][capacity][32].
    void (*attend)(tk_cache cache, const void *keys, const void *values, size_t dimension,
                   size_t padded, size_t capacity, size_t positions, const float *queries,
                   int count, const int32_t *visible, float scale, float *block, float *maximums,
                   float *sums);

    /// Adds a block's weighted values [count, a multiple of 32] and their sum to a total.
    void (*merge)(float *total, float *maximum, float *sum, const float *block,
                  float block_maximum, float block_sum, size_t count);

    /// Rotates elements k and half + k of a head by the angles whose cosines, then sines, are given.
    void (*rotate)(float *head, const float *rotation, size_t half);

    /// Puts one position's key and value into a chunk of `capacity` positions, laid out as `attend`
    /// reads it.
    void (*cache_position)(tk_cache cache, const float *key, const float *value, size_t dimension,
                           size_t capacity, size_t position, void *keys, void *values);

    /// e^x for one value, as the vector kernels compute it.
    float (*exponential)(float x);

    /// The index of the largest value (ties: the lowest), or -1 when one is not finite.
    int64_t (*argmax)(const float *x, size_t count);
} tk_kernels;

typedef enum {
    TK_SCALAR,
    TK_AVX2,
    TK_AVX512,
    TK_AVX512_DOT,
    TK_AVX512_AMX,
    TK_NEON,
    TK_ISA_COUNT
} tk_isa;

/// The kernels of an instruction set, or null when this build or this processor has none.
const tk_kernels *tk_kernels_for(tk_isa isa);

/// The best kernels that this processor runs.
const tk_kernels *tk_best_kernels(void);

/// Threads that wait for work: spinning for some microseconds, then asleep.
typedef struct tk_pool tk_pool;

/// A pool of `threads` threads, the caller's included; null when the system refuses one.
tk_pool *tk_pool_create(int threads);
void tk_pool_destroy(tk_pool *pool);

/// Runs work(context, thread) on every thread, the caller's being thread 0; returns when all are done.
void tk_pool_run(tk_pool *pool, void (*work)(void *context, int thread), void *context);

/// Waits until every thread of a running pool is here; resets the counter of `tk_pool_next`.
void tk_pool_barrier(tk_pool *pool, int thread);

/// The next unit of work since the last barrier: 0, 1, 2, …
int tk_pool_next(tk_pool *pool);

#endif
