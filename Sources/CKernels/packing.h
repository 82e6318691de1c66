// Sizes of packed blocks in bytes, for 32 outputs.
#ifndef TANDEM_PACKING_H
#define TANDEM_PACKING_H

#include "kernels.h"

enum {
    PANEL_Q8_0 = 64 + 8 * 128,
    PANEL_Q4_0 = 64 + 4 * 128,
    PANEL_Q4_1 = 128 + 4 * 128,
    PANEL_Q5_0 = 64 + 128 + 4 * 128,
    PANEL_Q5_1 = 128 + 128 + 4 * 128,
    PART_Q4_K = 64 + 4 * 128,
    PANEL_Q4_K = 128 + 8 * PART_Q4_K,
    PART_Q5_K = 64 + 128 + 4 * 128,
    PANEL_Q5_K = 128 + 8 * PART_Q5_K,
    PART_Q6_K = 64 + 2 * 128 + 4 * 128,
    PANEL_Q6_K = 64 + 8 * PART_Q6_K,
};

#endif
