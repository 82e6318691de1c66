#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma,f16c"))), apply_to = function)
#define W 8
#define ISA_NAME "AVX2"
#define TABLE tk_avx2_kernels
#include "panel.inc"
#pragma clang attribute pop
#endif
