#ifndef TANDEM_CLIBEDIT_SHIM_H
#define TANDEM_CLIBEDIT_SHIM_H
#include <histedit.h>
#endif
