/* The elementary functions over arrays, for tests and for whoever calls from another language. */
#include "elementary.h"

#include <stddef.h>

#include "isa.h"

void ISA(elementary_tanh_array)(size_t n, const double *x, double *y)
{
    for (size_t i = 0; i < n; ++i) y[i] = elementary_tanh(x[i]);
}

void ISA(elementary_cosine_array)(size_t n, const double *x, double *y)
{
    for (size_t i = 0; i < n; ++i) y[i] = elementary_cosine(x[i]);
}

void ISA(elementary_cosine_derivative_array)(size_t n, const double *x, double *y)
{
    for (size_t i = 0; i < n; ++i) y[i] = elementary_cosine_derivative(x[i]);
}
