/* Switches subnormals off and on, as hosts do: Debian's Pd runs with FTZ and DAZ. */
#include <stdint.h>

#if defined(__x86_64__) || defined(__i386__)
#include <immintrin.h>
#define FLUSH 0x8040u /* FTZ: results become 0; DAZ: so do operands */
static uint64_t mode(void)
{
    return _mm_getcsr();
}
static void set_mode(uint64_t bits)
{
    _mm_setcsr((uint32_t)bits);
}
#elif defined(__aarch64__)
#define FLUSH (UINT64_C(1) << 24) /* FZ: both */
static uint64_t mode(void)
{
    uint64_t bits;
    __asm__ volatile("mrs %0, fpcr" : "=r"(bits));
    return bits;
}
static void set_mode(uint64_t bits)
{
    __asm__ volatile("msr fpcr, %0" : : "r"(bits));
}
#else
#error "how does this processor flush subnormals to zero?"
#endif

/* the bits that flush, as they stand: 0 if none */
uint64_t fpmode_get(void)
{
    return mode() & FLUSH;
}

void fpmode_set(int flush)
{
    set_mode(flush ? mode() | FLUSH : mode() & ~(uint64_t)FLUSH);
}

/* the instrument's own check: a product that the modes make 0 */
double fpmode_product(double a, double b)
{
    volatile double x = a, y = b;
    return x * y;
}
