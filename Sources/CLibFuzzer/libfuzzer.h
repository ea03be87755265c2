/* What libFuzzer offers a program that keeps its own main: see "Using libFuzzer as a library" in the LLVM
   documentation, https://llvm.org/docs/LibFuzzer.html. Linked in only where Scripts/fuzz builds. */
#ifndef PLIMSOLL_LIBFUZZER_H
#define PLIMSOLL_LIBFUZZER_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerRunDriver(
    int *argc, char ***argv, int (*callback)(const uint8_t *data, size_t size));

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t most);

#endif
