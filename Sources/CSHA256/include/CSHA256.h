#ifndef PLIMSOLL_CSHA256_H
#define PLIMSOLL_CSHA256_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Whether this processor has SHA-256 instructions that `csha256_compress` can use.
bool csha256_is_available(void);

/// Works `count` blocks of 64 bytes into `state` with the processor's SHA-256 instructions.
/// To be called only where `csha256_is_available()` is true.
void csha256_compress(uint32_t state[8], const void *blocks, size_t count);

#endif
