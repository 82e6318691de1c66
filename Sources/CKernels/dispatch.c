#if defined(__linux__)
#include <sys/syscall.h>
#include <unistd.h>
#endif
#include "kernels.h"

extern const tk_kernels tk_scalar_kernels;
#if defined(__x86_64__)
extern const tk_kernels tk_avx2_kernels, tk_avx512_kernels, tk_avx512_dot_kernels,
    tk_avx512_amx_kernels;
#elif defined(__aarch64__)
extern const tk_kernels tk_neon_kernels;
#endif

#if defined(__x86_64__)
static int has_avx512(void) {
    __builtin_cpu_init();
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")
           && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq");
}

static int has_dots(void) {
    return has_avx512() && __builtin_cpu_supports("avx512vnni")
           && __builtin_cpu_supports("avx512bf16");
}

/// Whether the processor has tile registers, and the system lets this process use them.
static int has_tiles(void) {
#if defined(__linux__)
    enum { ARCH_REQ_XCOMP_PERM = 0x1023, XFEATURE_XTILEDATA = 18 };
    return has_dots() && __builtin_cpu_supports("amx-tile") && __builtin_cpu_supports("amx-int8")
           && __builtin_cpu_supports("amx-bf16")
           && syscall(SYS_arch_prctl, ARCH_REQ_XCOMP_PERM, XFEATURE_XTILEDATA) == 0;
#else
    return 0;
#endif
}
#endif

const tk_kernels *tk_kernels_for(tk_isa isa) {
    switch (isa) {
    case TK_SCALAR: return &tk_scalar_kernels;
#if defined(__x86_64__)
    case TK_AVX2:
        __builtin_cpu_init();
        return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? &tk_avx2_kernels
                                                                               : 0;
    case TK_AVX512: return has_avx512() ? &tk_avx512_kernels : 0;
    case TK_AVX512_DOT: return has_dots() ? &tk_avx512_dot_kernels : 0;
    case TK_AVX512_AMX: return has_tiles() ? &tk_avx512_amx_kernels : 0;
#elif defined(__aarch64__)
    case TK_NEON: return &tk_neon_kernels;
#endif
    default: return 0;
    }
}

const tk_kernels *tk_best_kernels(void) {
    // Looked for once: asking for tiles is a system call.
    static const tk_kernels *_Atomic best;
    const tk_kernels *kernels = best;
    for (int isa = TK_ISA_COUNT - 1; !kernels; isa--) kernels = tk_kernels_for((tk_isa)isa);
    return best = kernels;
}
