#ifndef TANDEM_KERNELS_H
#define TANDEM_KERNELS_H
#endif
