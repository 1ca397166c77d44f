/* What this processor can do and its operating system lets it do, asked of the processor itself:
 * __builtin_cpu_supports needs a start-up routine that zig does not link. */
#ifndef SPECML_PROCESSOR_H
#define SPECML_PROCESSOR_H

enum { PROCESSOR_AVX2 = 1, PROCESSOR_AVX512 = 2 /* F, DQ and VL */ };

#ifdef SPECML_X86
#include <cpuid.h>

/* the registers that the operating system saves when it changes threads, as bits of XCR0 */
static inline unsigned processor_saves(void)
{
    unsigned low, high;
    __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    (void)high;
    return low;
}

static inline unsigned processor_features(void)
{
    const unsigned osxsave = 1u << 27, avx = 1u << 28;                      /* leaf 1, ecx */
    const unsigned avx2 = 1u << 5, avx512 = 1u << 16 | 1u << 17 | 1u << 31; /* leaf 7, ebx */
    const unsigned ymm = 1u << 1 | 1u << 2, zmm = ymm | 1u << 5 | 1u << 6 | 1u << 7; /* XCR0 */
    unsigned a, b, c, d;
    if (!__get_cpuid(1, &a, &b, &c, &d) || ~c & (osxsave | avx)) return 0;
    if (!__get_cpuid_count(7, 0, &a, &b, &c, &d)) return 0;
    const unsigned saves = processor_saves();
    if (~b & avx2 || ~saves & ymm) return 0;
    return ~b & avx512 || ~saves & zmm ? PROCESSOR_AVX2 : PROCESSOR_AVX2 | PROCESSOR_AVX512;
}
#else
static inline unsigned processor_features(void)
{
    return 0;
}
#endif

#endif
