// Loops that the compiler turns into vector instructions, as wide as the machine has; plain ones where it has none.
#pragma once

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__)
#define LEAVEN_VECTOR_LOOP [[gnu::target_clones("avx2", "default"), gnu::optimize("O3")]]
#else
#define LEAVEN_VECTOR_LOOP
#endif
