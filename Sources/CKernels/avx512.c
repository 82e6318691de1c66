#if defined(__x86_64__)
#include <immintrin.h>
#pragma clang attribute push(                                                                     \
    __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,fma,f16c,avx2,bmi2"))),             \
    apply_to = function)
#define W 16
#define ISA_NAME "AVX-512"
#define TABLE tk_avx512_kernels
#include "panel.inc"
#include "rounded.inc"
#include "attention.inc"
#include "table.inc"
#pragma clang attribute pop
#endif
