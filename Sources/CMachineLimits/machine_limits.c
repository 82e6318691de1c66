#include "machine_limits.h"

#include "kernels.h"

#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

/// Sums that are in flight together: more than latency × multiplications a cycle, fewer than registers.
enum { CHAINS = 12 };

/// Defines a function of `rounds` times CHAINS operations on vectors of type V.
/// HIDE keeps a value from being known to the compiler, or from being left out.
#define DEFINE_CHAINS(NAME, TARGET, V, ZERO, START, OPERATION, HIDE)                               \
    TARGET static void NAME(uint64_t rounds) {                                                     \
        V a = START, b = START, sums[CHAINS];                                                      \
        HIDE(a);                                                                                   \
        HIDE(b);                                                                                   \
        for (int i = 0; i < CHAINS; i++) sums[i] = ZERO;                                           \
        for (uint64_t round = 0; round < rounds; round++) {                                        \
            _Pragma("clang loop unroll(full)") for (int i = 0; i < CHAINS; i++) sums[i] =          \
                OPERATION;                                                                         \
        }                                                                                          \
        for (int i = 0; i < CHAINS; i++) HIDE(sums[i]);                                            \
    }

#if defined(__x86_64__)
#define TARGET(x) __attribute__((target(x)))
#define HIDE_VECTOR(v) __asm__ volatile("" : "+v"(v))

DEFINE_CHAINS(f32_avx512, TARGET("avx512f"), __m512, _mm512_setzero_ps(), _mm512_set1_ps(0.5f),
              _mm512_fmadd_ps(a, b, sums[i]), HIDE_VECTOR)
DEFINE_CHAINS(bf16_avx512, TARGET("avx512f,avx512bf16"), __m512, _mm512_setzero_ps(),
              _mm512_set1_ps(0.5f),
              _mm512_dpbf16_ps(sums[i], (__m512bh)(a), (__m512bh)(b)), HIDE_VECTOR)
DEFINE_CHAINS(int8_avx512, TARGET("avx512f,avx512vnni"), __m512i, _mm512_setzero_si512(),
              _mm512_set1_epi8(1), _mm512_dpbusd_epi32(sums[i], a, b), HIDE_VECTOR)
DEFINE_CHAINS(f32_avx2, TARGET("avx2,fma"), __m256, _mm256_setzero_ps(), _mm256_set1_ps(0.5f),
              _mm256_fmadd_ps(a, b, sums[i]), HIDE_VECTOR)

DEFINE_CHAINS(int8_avx2, TARGET("avx2"), __m256i, _mm256_setzero_si256(), _mm256_set1_epi8(1),
              _mm256_add_epi16(sums[i], _mm256_maddubs_epi16(a, sums[i])),
              HIDE_VECTOR)

/// Lanes of 4 bytes that a product of two full tiles multiplies: 16 rows × 16 outputs × 16.
enum { TILE_PRODUCTS = 16 * 16 * 16 };

/// `rounds` times four products of tiles (AMX).
#define DEFINE_TILES(NAME, INSTRUCTION)                                                            \
    TARGET("amx-tile,amx-int8,amx-bf16") static void NAME(uint64_t rounds) {                       \
        struct {                                                                                   \
            uint8_t palette, reserved[15];                                                         \
            uint16_t row_bytes[16];                                                                \
            uint8_t rows[16];                                                                      \
        } shapes = {.palette = 1};                                                                 \
        for (int i = 0; i < 6; i++) shapes.row_bytes[i] = 64, shapes.rows[i] = 16;                 \
        _tile_loadconfig(&shapes);                                                                 \
        _tile_zero(0), _tile_zero(1), _tile_zero(2), _tile_zero(3), _tile_zero(4), _tile_zero(5);  \
        for (uint64_t round = 0; round < rounds; round++) {                                        \
            INSTRUCTION(0, 4, 5);                                                                  \
            INSTRUCTION(1, 4, 5);                                                                  \
            INSTRUCTION(2, 4, 5);                                                                  \
            INSTRUCTION(3, 4, 5);                                                                  \
        }                                                                                          \
        _tile_release();                                                                           \
    }
DEFINE_TILES(int8_tiles, _tile_dpbssd)
DEFINE_TILES(bf16_tiles, _tile_dpbf16ps)

uint64_t ml_multiply(ml_product product, uint64_t rounds) {
    __builtin_cpu_init();
    int has_avx512 = __builtin_cpu_supports("avx512f"), has_tiles = tk_kernels_for(TK_AVX512_AMX) != 0;
    if (product == ML_F32 && has_avx512) {
        f32_avx512(rounds);
        return rounds * CHAINS * 16;
    }
    if (product == ML_F32 && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
        f32_avx2(rounds);
        return rounds * CHAINS * 8;
    }
    if (product == ML_BF16 && has_tiles) {
        bf16_tiles(rounds);
        return rounds * 4 * TILE_PRODUCTS * 2;
    }
    if (product == ML_INT8 && has_tiles) {
        int8_tiles(rounds);
        return rounds * 4 * TILE_PRODUCTS * 4;
    }
    if (product == ML_BF16 && has_avx512 && __builtin_cpu_supports("avx512bf16")) {
        bf16_avx512(rounds);
        return rounds * CHAINS * 32;
    }
    if (product == ML_INT8 && has_avx512 && __builtin_cpu_supports("avx512vnni")) {
        int8_avx512(rounds);
        return rounds * CHAINS * 64;
    }
    if (product == ML_INT8 && __builtin_cpu_supports("avx2")) {
        int8_avx2(rounds);
        return rounds * CHAINS * 32;
    }
    return 0;
}

TARGET("avx512f") static uint64_t read_avx512(const uint8_t *bytes, size_t count) {
    __m512i sums[4] = {_mm512_setzero_si512(), _mm512_setzero_si512(), _mm512_setzero_si512(),
                       _mm512_setzero_si512()};
    size_t at = 0;
    for (; at + 256 <= count; at += 256) {
        for (int i = 0; i < 4; i++) {
            // Some processors read faster what is asked for ahead.
            __builtin_prefetch(bytes + at + 4096 + 64 * i, 0, 2);
            sums[i] = _mm512_xor_si512(sums[i], _mm512_load_si512(bytes + at + 64 * i));
        }
    }
    for (; at < count; at += 64)
        sums[0] = _mm512_xor_si512(sums[0], _mm512_load_si512(bytes + at));
    __m512i all = _mm512_xor_si512(_mm512_xor_si512(sums[0], sums[1]),
                                   _mm512_xor_si512(sums[2], sums[3]));
    return (uint64_t)_mm512_reduce_add_epi64(all);
}
#elif defined(__aarch64__)
#define HIDE_VECTOR(v) __asm__ volatile("" : "+w"(v))

DEFINE_CHAINS(f32_neon, , float32x4_t, vdupq_n_f32(0), vdupq_n_f32(0.5f), vfmaq_f32(sums[i], a, b),
              HIDE_VECTOR)

uint64_t ml_multiply(ml_product product, uint64_t rounds) {
    if (product != ML_F32) return 0;
    f32_neon(rounds);
    return rounds * CHAINS * 4;
}
#else
uint64_t ml_multiply(ml_product product, uint64_t rounds) {
    (void)product;
    (void)rounds;
    return 0;
}
#endif

/// Reading with vectors that every processor of the architecture has.
static uint64_t read_words(const uint64_t *words, size_t count) {
    uint64_t sum = 0;
    for (size_t at = 0; at < count; at++) sum ^= words[at];
    return sum;
}

uint64_t ml_read(const void *memory, size_t byte_count) {
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512f")) return read_avx512(memory, byte_count);
#endif
    return read_words(memory, byte_count / 8);
}
