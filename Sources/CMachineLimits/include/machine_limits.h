// What a processor can do at most: how fast it reads memory, how fast it multiplies and adds.
#ifndef MACHINE_LIMITS_H
#define MACHINE_LIMITS_H

#include <stddef.h>
#include <stdint.h>

typedef enum {
    /// f32 fused multiply-adds.
    ML_F32,
    /// Pairs of BF16 products added to f32.
    ML_BF16,
    /// Fours of int8 products added to int32; with AVX2 pairs, added to int16.
    ML_INT8,
    ML_PRODUCT_COUNT
} ml_product;

/// Reads `byte_count` bytes (a multiple of 64, aligned to 64) once, in order. The result keeps the
/// compiler from leaving it out.
uint64_t ml_read(const void *memory, size_t byte_count);

/// Multiplies and adds in registers, with the widest vectors that this processor has, in chains that
/// do not wait for each other. Returns the number of multiply-adds done; 0 where the processor has no
/// instruction for them.
uint64_t ml_multiply(ml_product product, uint64_t rounds);

#endif
