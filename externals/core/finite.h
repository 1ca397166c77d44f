/* Finite by construction: what enters is repaired here, what stays is kept away from subnormals,
 * so that nothing can become NaN or Inf and flush-to-zero modes change no bit. */
#ifndef SPECML_FINITE_H
#define SPECML_FINITE_H

#include <float.h>
#include <math.h>
#include <stddef.h>
#include <stdint.h>

#include "specml.h"
#include "vector.h"

#define FINITE_SAMPLE_MIN 0x1p-126 /* a smaller sample is 0: the least normal 32-bit float */

static inline double finite_clamp(double x, double low, double high)
{
    const double raised = x > low ? x : low;
    return raised < high ? raised : high;
}

/* a sample that leaves the model: no subnormals, no -0 */
static inline double finite_output(double x)
{
    return fabs(x) < FINITE_SAMPLE_MIN ? 0.0 : x;
}

/* a sample that enters the model; repaired ones are counted */
static inline double finite_input(double x, uint64_t *clipped)
{
    if (fabs(x) <= SPECML_SAMPLE_MAX) return finite_output(x);
    ++*clipped;
    return fabs(x) <= DBL_MAX ? finite_clamp(x, -SPECML_SAMPLE_MAX, SPECML_SAMPLE_MAX) : 0.0;
}

/* a state variable after a step: no subnormals, no -0 */
static inline double finite_state(double x)
{
    return fabs(x) < SPECML_STATE_MIN ? 0.0 : x;
}

/* a control that is set: clamped to its range; what is not finite leaves the old value */
static inline double finite_control(double x, double old, double low, double high)
{
    return fabs(x) <= DBL_MAX ? finite_clamp(finite_output(x), low, high) : old;
}

/* the same, where it is told whether it was: 0, or -1 */
static inline int finite_set(double *value, double x, double low, double high)
{
    *value = finite_control(x, *value, low, high);
    return fabs(x) <= DBL_MAX ? 0 : -1;
}

/* 1 if all of x, (n,), lie within +-most */
static inline int finite_within(const double *x, size_t n, double most)
{
    for (size_t i = 0; i < n; ++i)
        if (!(fabs(x[i]) <= most)) return 0;
    return 1;
}

static inline vector finite_state_vector(vector x)
{
    return (vector)((vector_bits)x & (vector_abs(x) >= SPECML_STATE_MIN));
}

#endif
