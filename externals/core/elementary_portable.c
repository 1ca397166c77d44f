/* The elementary functions over arrays in plain C, and the probe of what is compiled like it. */
#include "elementary.h"
#include "loops.h"

void elementary_tanh_array_portable(size_t n, const double *x, double *y)
{
    for (size_t i = 0; i < n; ++i) y[i] = elementary_tanh(x[i]);
}

void elementary_cosine_array_portable(size_t n, const double *x, double *y)
{
    for (size_t i = 0; i < n; ++i) y[i] = elementary_cosine(x[i]);
}

void elementary_cosine_derivative_array_portable(size_t n, const double *x, double *y)
{
    for (size_t i = 0; i < n; ++i) y[i] = elementary_cosine_derivative(x[i]);
}

int isa_contracts_portable(void)
{
    return isa_contracts_baseline();
}
