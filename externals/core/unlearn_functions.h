/* The functions of Unlearn's neurons and of their energy, and their slopes. */
#ifndef SPECML_UNLEARN_FUNCTIONS_H
#define SPECML_UNLEARN_FUNCTIONS_H

#include "elementary_vector.h"
#include "finite.h"
#include "unlearn_inside.h"

typedef double elementary(double);

/* f and f' of one block of neurons: z stands in slope */
static inline __attribute__((always_inline)) void
function_of_block(elementary *f, elementary *derivative, double *restrict x, double *restrict slope)
{
    for (size_t i = 0; i < LANES; ++i) x[i] = finite_output(f(slope[i]));
    for (size_t i = 0; i < LANES; ++i) slope[i] = derivative(slope[i]);
}

static inline void tanh_of_block(double *restrict x, double *restrict slope)
{
    chunk of[LANES / CHUNK];
    for (size_t q = 0; q < LANES / CHUNK; ++q) of[q] = chunk_load(slope + q * CHUNK);
    elementary_tanh_chunks(of, LANES / CHUNK, FINITE_SAMPLE_MIN);
    for (size_t q = 0; q < LANES / CHUNK; ++q) {
        chunk_store(x + q * CHUNK, of[q]);
        chunk_store(slope + q * CHUNK, 1.0 - of[q] * of[q]);
    }
}

/* x = f(z) and slope = f'(z); z stands in slope */
static inline void function_of_row(unlearn_function f, double *x, double *slope, size_t lanes)
{
    for (size_t i = 0; i < lanes; i += LANES) switch (f) {
        case UNLEARN_COSINE:
            function_of_block(elementary_cosine, elementary_cosine_derivative, x + i, slope + i);
            break;
        case UNLEARN_COSINE_RAD:
            function_of_block(elementary_cosine_rad, elementary_cosine_rad_derivative, x + i,
                              slope + i);
            break;
        case UNLEARN_DIP:
            function_of_block(elementary_dip, elementary_dip_derivative, x + i, slope + i);
            break;
        case UNLEARN_DIP_RAD:
            function_of_block(elementary_dip_rad, elementary_dip_rad_derivative, x + i, slope + i);
            break;
        default:
            tanh_of_block(x + i, slope + i);
        }
}

/* f'(z) */
static inline double function_slope(unlearn_function f, double z)
{
    switch (f) {
    case UNLEARN_COSINE:
        return elementary_cosine_derivative(z);
    case UNLEARN_COSINE_RAD:
        return elementary_cosine_rad_derivative(z);
    case UNLEARN_DIP:
        return elementary_dip_derivative(z);
    case UNLEARN_DIP_RAD:
        return elementary_dip_rad_derivative(z);
    default:
        break;
    }
    const double x = elementary_tanh_one(z, 0.0);
    return 1.0 - x * x;
}

#endif
