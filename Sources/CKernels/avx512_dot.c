// AVX-512 with the dot products of int8 (VNNI) and bf16.
#if defined(__x86_64__)
#include <immintrin.h>
#pragma clang attribute push(                                                                     \
    __attribute__((target(                                                                        \
        "avx512f,avx512bw,avx512vl,avx512dq,avx512vnni,avx512bf16,fma,f16c,avx2,bmi2"))),         \
    apply_to = function)
#define W 16
#define ISA_NAME "AVX-512 VNNI BF16"
#define TABLE tk_avx512_dot_kernels
#define DOT_BYTES(sums, codes, x)                                                                 \
    (vi) _mm512_dpbusd_epi32((__m512i)(sums), (__m512i)(codes), _mm512_set1_epi32((int)(x)))
#define DOT_PAIRS(sums, weights, x)                                                               \
    (vf) _mm512_dpbf16_ps((__m512)(sums), (__m512bh)(weights),                                    \
                          (__m512bh)_mm512_set1_epi32((int)(x)))
#include "kernel_set.inc"
#pragma clang attribute pop
#endif
