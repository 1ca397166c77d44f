/* Controls: the parameters that may change with every sample. Each model has one table of them,
 * which hosts read for their inlets, messages and error texts. */
#ifndef SPECML_CONTROLS_H
#define SPECML_CONTROLS_H

#include <stddef.h>

#include "finite.h"

typedef struct {
    const char *name;
    double low, high; /* the range it is clamped to */
    double initial;
} control;

static inline void controls_init(double *values, const control *table, size_t count)
{
    for (size_t k = 0; k < count; ++k) values[k] = table[k].initial;
}

/* Clamped to its range; a value that is not finite is ignored. */
static inline void controls_set(double *values, const control *table, size_t which, double value)
{
    values[which] = finite_control(value, values[which], table[which].low, table[which].high);
}

/* Each control that has a signal takes the signal's value at sample i; the others hold theirs.
 * signals: (count,) pointers to (n,), NULL for none; or NULL for none at all. */
static inline void controls_follow(double *values, const control *table, size_t count,
                                   const double *const *signals, size_t i)
{
    if (!signals) return;
    for (size_t k = 0; k < count; ++k)
        if (signals[k]) controls_set(values, table, k, signals[k][i]);
}

#endif
