#if defined(__x86_64__)
#include <immintrin.h>
#pragma clang attribute push(__attribute__((target("avx2,fma,f16c"))), apply_to = function)
#define W 8
#define ISA_NAME "AVX2"
#define TABLE tk_avx2_kernels
// 16-bit halves: no sum of two of their products overflows.
#define DOT_BYTES(sums, codes, x)                                                                 \
    ((sums) + (vi)_mm256_add_epi32(HALVES(codes, x), HALVES((codes) >> 8, (x) >> 8)))
#define HALVES(codes, x)                                                                          \
    _mm256_madd_epi16(_mm256_and_si256((__m256i)(codes), _mm256_set1_epi32(0x00FF00FF)),          \
                      _mm256_set1_epi32(signed_halves(x)))
#include "vectors.inc"
#include "codes.inc"
#include "panel.inc"
#include "tile.inc"
#include "low_rank.inc"
#include "elementwise.inc"
#include "rounded.inc"
#include "attention.inc"
#include "table.inc"
#pragma clang attribute pop
#endif
