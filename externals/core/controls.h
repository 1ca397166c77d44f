/* Controls: the parameters that may change with every sample. Each has the value that it holds and
 * the one that it is now, which a signal may say. */
#ifndef SPECML_CONTROLS_H
#define SPECML_CONTROLS_H

#include "finite.h"
#include "specml.h"

static inline void controls_init(double *held, double *now, const specml_control *table,
                                 size_t count)
{
    for (size_t k = 0; k < count; ++k) held[k] = now[k] = table[k].initial;
}

/* Clamped to its range: 0, or -1 and nothing changed if there is none or the value is not finite.
 */
static inline int controls_set(double *values, const specml_control *table, size_t count, int which,
                               double value)
{
    if (which < 0 || (size_t)which >= count) return -1;
    return finite_set(&values[which], value, table[which].low, table[which].high);
}

/* the value of one, NaN if there is none */
static inline double controls_get(const double *values, size_t count, int which)
{
    return which < 0 || (size_t)which >= count ? (double)NAN : values[which];
}

/* Each control that has a signal takes the signal's value at sample i, if it is finite; the others
 * are what they hold. signals: (count,) pointers to (n,), NULL for none; or NULL for none at all.
 */
static inline void controls_follow(double *now, const double *held, const specml_control *table,
                                   size_t count, const double *const *signals, size_t i)
{
    if (i == 0)
        for (size_t k = 0; k < count; ++k)
            if (!signals || !signals[k]) now[k] = held[k];
    if (!signals) return;
    for (size_t k = 0; k < count; ++k)
        if (signals[k]) now[k] = finite_control(signals[k][i], now[k], table[k].low, table[k].high);
}

#endif
