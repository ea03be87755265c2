#ifndef PLIMSOLL_COPENBLAS_SHIM_H
#define PLIMSOLL_COPENBLAS_SHIM_H

// OpenBLAS as Debian ships it (libopenblas-dev): CBLAS, and the library's own calls for its
// threads and build description. Where cblas.h lies comes from pkg-config.
#include <cblas.h>

#endif
