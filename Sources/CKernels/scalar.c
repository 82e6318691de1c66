// The reference that the other instruction sets are compared with, bit by bit.
#define W 1
#define ISA_NAME "scalar"
#define TABLE tk_scalar_kernels
#include "vectors.inc"
#include "codes.inc"
#include "panel.inc"
#include "tile.inc"
#include "low_rank.inc"
#include "elementwise.inc"
#include "dots.inc"
#include "rounded.inc"
#include "attention.inc"
#include "table.inc"
