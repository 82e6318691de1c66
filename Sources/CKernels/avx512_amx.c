// AVX-512 with the dot products of int8 (VNNI), and of tiles of int8 and bf16 (AMX).
#if defined(__x86_64__)
#include <immintrin.h>
#pragma clang attribute push(                                                                     \
    __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vnni,avx512bf16,fma,f16c,"    \
                          "avx2,bmi2,amx-tile,amx-int8,amx-bf16"))),                              \
    apply_to = function)
#define W 16
#define ISA_NAME "AVX-512 VNNI BF16 AMX"
#define TABLE tk_avx512_amx_kernels
#define DOT_BYTES(sums, codes, x)                                                                 \
    (vi) _mm512_dpbusd_epi32((__m512i)(sums), (__m512i)(codes), _mm512_set1_epi32((int)(x)))
#define AMX
#include "kernel_set.inc"
#pragma clang attribute pop
#endif
