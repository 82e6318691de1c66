#if defined(__aarch64__)
#define W 4
#define ISA_NAME "NEON"
#define TABLE tk_neon_kernels
#include <arm_neon.h>
#define DOT_BYTES(sums, codes, x) dot_bytes_neon(sums, codes, x)
typedef int tk_lanes __attribute__((vector_size(16)));
static inline __attribute__((always_inline)) tk_lanes dot_bytes_neon(
    tk_lanes sums, unsigned codes __attribute__((vector_size(16))), unsigned x) {
    const uint8x16_t bytes = vreinterpretq_u8_u32((uint32x4_t)codes);
    // The bytes of x, repeated; 255 × 127 fits 16 bits.
    const int16x8_t factors = vmovl_s8(vreinterpret_s8_u32(vdup_n_u32(x)));
    int16x8_t low = vmulq_s16(vreinterpretq_s16_u16(vmovl_u8(vget_low_u8(bytes))), factors);
    int16x8_t high = vmulq_s16(vreinterpretq_s16_u16(vmovl_u8(vget_high_u8(bytes))), factors);
    return sums + (tk_lanes)vpaddq_s32(vpaddlq_s16(low), vpaddlq_s16(high));
}
#include "kernel_set.inc"
#endif
