#if defined(__x86_64__)
#include <immintrin.h>
#pragma clang attribute push(                                                                     \
    __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,fma,f16c,avx2,bmi2"))),             \
    apply_to = function)
#define W 16
#define ISA_NAME "AVX-512"
#define TABLE tk_avx512_kernels
#define DOT_BYTES(sums, codes, x) dot_bytes_avx512(sums, codes, x)
typedef int tk_lanes __attribute__((vector_size(64)));
static inline __attribute__((always_inline)) tk_lanes dot_bytes_avx512(
    tk_lanes sums, unsigned codes __attribute__((vector_size(64))), unsigned x) {
    const __m512i low = _mm512_set1_epi32(0x00FF00FF), bytes = (__m512i)codes;
    // As in avx2.c: 16-bit halves, whose products cannot overflow.
    const unsigned even = (unsigned)(unsigned short)(signed char)x
                          | (unsigned)(unsigned short)(signed char)(x >> 16) << 16;
    const unsigned odd = (unsigned)(unsigned short)(signed char)(x >> 8)
                         | (unsigned)(unsigned short)(signed char)(x >> 24) << 16;
    __m512i products = _mm512_add_epi32(
        _mm512_madd_epi16(_mm512_and_si512(bytes, low), _mm512_set1_epi32((int)even)),
        _mm512_madd_epi16(_mm512_and_si512(_mm512_srli_epi32(bytes, 8), low),
                          _mm512_set1_epi32((int)odd)));
    return sums + (tk_lanes)products;
}
#include "panel.inc"
#include "rounded.inc"
#include "attention.inc"
#include "table.inc"
#pragma clang attribute pop
#endif
