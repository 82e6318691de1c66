// The reference that the other instruction sets are compared with, bit by bit.
#define W 1
#define ISA_NAME "scalar"
#define TABLE tk_scalar_kernels
#include "kernel_set.inc"
