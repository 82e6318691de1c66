#if defined(__x86_64__)
#include <immintrin.h>
#pragma clang attribute push(                                                                     \
    __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,fma,f16c,avx2,bmi2"))),             \
    apply_to = function)
#define W 16
#define ISA_NAME "AVX-512"
#define TABLE tk_avx512_kernels
// 16-bit halves: no sum of two of their products overflows.
#define DOT_BYTES(sums, codes, x)                                                                 \
    ((sums) + (vi)_mm512_add_epi32(HALVES(codes, x), HALVES((codes) >> 8, (x) >> 8)))
#define HALVES(codes, x)                                                                          \
    _mm512_madd_epi16(_mm512_and_si512((__m512i)(codes), _mm512_set1_epi32(0x00FF00FF)),          \
                      _mm512_set1_epi32(signed_halves(x)))
#include "kernel_set.inc"
#pragma clang attribute pop
#endif
