#if defined(__x86_64__)
#include <immintrin.h>
#pragma clang attribute push(__attribute__((target("avx2,fma,f16c"))), apply_to = function)
#define W 8
#define ISA_NAME "AVX2"
#define TABLE tk_avx2_kernels
/// halves + Σ over neighbouring bytes: unsigned codes × signed x, in 16 bits.
#define DOT_HALVES(halves, codes, x)                                                              \
    (vu) _mm256_add_epi16((__m256i)(halves), _mm256_maddubs_epi16((__m256i)(codes),               \
                                                                  _mm256_set1_epi32((int)(x))))
/// The sum of the two halves of a lane.
#define ADD_HALVES(halves) ((vi)_mm256_madd_epi16((__m256i)(halves), _mm256_set1_epi16(1)))
/// sums + Σ over the four bytes of each lane: signed codes × signed x, whose sign takes that of the code.
#define DOT_SIGNED(sums, codes, x)                                                                \
    ((sums) + ADD_HALVES(_mm256_maddubs_epi16(                                                    \
                  _mm256_abs_epi8((__m256i)(codes)),                                              \
                  _mm256_sign_epi8(_mm256_set1_epi32((int)(x)), (__m256i)(codes)))))
#include "kernel_set.inc"
#pragma clang attribute pop
#endif
