#if defined(__aarch64__)
#define W 4
#define ISA_NAME "NEON"
#define TABLE tk_neon_kernels
#include "panel.inc"
#include "rounded.inc"
#include "attention.inc"
#include "table.inc"
#endif
