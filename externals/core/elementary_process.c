/* The elementary functions over arrays, for tests and for whoever calls from another language. */
#include "elementary_vector.h"

#include <stddef.h>

#include "loops.h"

void ISA(elementary_tanh_array)(size_t n, const double *x, double *y)
{
    typedef chunk unaligned __attribute__((aligned(8)));
    size_t i = 0;
    for (; i + LANES <= n; i += LANES) {
        chunk of[LANES / CHUNK];
        for (size_t q = 0; q < LANES / CHUNK; ++q) of[q] = *(const unaligned *)(x + i + q * CHUNK);
        elementary_tanh_chunks(of, LANES / CHUNK, 0.0);
        for (size_t q = 0; q < LANES / CHUNK; ++q) *(unaligned *)(y + i + q * CHUNK) = of[q];
    }
    for (; i < n; ++i) y[i] = elementary_tanh_one(x[i], 0.0);
}

void ISA(elementary_cosine_array)(size_t n, const double *x, double *y)
{
    for (size_t i = 0; i < n; ++i) y[i] = elementary_cosine(x[i]);
}

void ISA(elementary_cosine_derivative_array)(size_t n, const double *x, double *y)
{
    for (size_t i = 0; i < n; ++i) y[i] = elementary_cosine_derivative(x[i]);
}
