/* The elementary functions as a plain loop over libm, and a loop around any such function, so that
 * no call from Python is timed. */
#include <math.h>
#include <stddef.h>

typedef void array_function(size_t n, const double *x, double *y);

void libm_tanh(size_t n, const double *x, double *y);
void libm_cosine(size_t n, const double *x, double *y);
void libm_cosine_derivative(size_t n, const double *x, double *y);
void libm_repeat(array_function *function, size_t times, size_t n, const double *x, double *y);

static const double pi = 3.14159265358979323846;

void libm_tanh(size_t n, const double *x, double *y)
{
    for (size_t i = 0; i < n; ++i) y[i] = tanh(x[i]);
}

void libm_cosine(size_t n, const double *x, double *y)
{
    for (size_t i = 0; i < n; ++i) y[i] = 0.5 * (1.0 + cos(pi * x[i]));
}

void libm_cosine_derivative(size_t n, const double *x, double *y)
{
    for (size_t i = 0; i < n; ++i) y[i] = -0.5 * pi * sin(pi * x[i]);
}

void libm_repeat(array_function *function, size_t times, size_t n, const double *x, double *y)
{
    for (size_t k = 0; k < times; ++k) function(n, x, y);
}
