#if defined(__x86_64__)
#include <immintrin.h>
#pragma clang attribute push(__attribute__((target("avx2,fma,f16c"))), apply_to = function)
#define W 8
#define ISA_NAME "AVX2"
#define TABLE tk_avx2_kernels
#define DOT_BYTES(sums, codes, x) dot_bytes_avx2(sums, codes, x)
typedef int tk_lanes __attribute__((vector_size(32)));
static inline __attribute__((always_inline)) tk_lanes dot_bytes_avx2(
    tk_lanes sums, unsigned codes __attribute__((vector_size(32))), unsigned x) {
    const __m256i low = _mm256_set1_epi32(0x00FF00FF), bytes = (__m256i)codes;
    // The signed bytes of x as 16-bit halves, 0 and 2, 1 and 3: no sum of two products overflows.
    const unsigned even = (unsigned)(unsigned short)(signed char)x
                          | (unsigned)(unsigned short)(signed char)(x >> 16) << 16;
    const unsigned odd = (unsigned)(unsigned short)(signed char)(x >> 8)
                         | (unsigned)(unsigned short)(signed char)(x >> 24) << 16;
    __m256i products = _mm256_add_epi32(
        _mm256_madd_epi16(_mm256_and_si256(bytes, low), _mm256_set1_epi32((int)even)),
        _mm256_madd_epi16(_mm256_and_si256(_mm256_srli_epi32(bytes, 8), low),
                          _mm256_set1_epi32((int)odd)));
    return sums + (tk_lanes)products;
}
#include "panel.inc"
#include "rounded.inc"
#include "attention.inc"
#include "table.inc"
#pragma clang attribute pop
#endif
