#ifndef PLIMSOLL_CCBC_SHIM_H
#define PLIMSOLL_CCBC_SHIM_H

// COIN-OR's branch and cut (coinor-libcbc-dev) and its linear solver (coinor-libclp-dev), as Debian
// ships them. Where the headers lie comes from pkg-config.
#include <Cbc_C_Interface.h>
#include <Clp_C_Interface.h>

#endif
