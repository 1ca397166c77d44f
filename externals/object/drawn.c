#include "drawn.h"

#include <float.h>
#include <stdlib.h>
#include <string.h>

void drawn_free(drawn *d)
{
    free(d->weights);
    free(d->shown);
    *d = (drawn){0};
}

int drawn_fit(drawn *d, const object *o, int fresh)
{
    const size_t count = object_weights(o);
    if (count != d->count) {
        double *weights = calloc(count, sizeof *weights), *shown = calloc(count, sizeof *shown);
        if (!weights || !shown) {
            free(weights);
            free(shown);
            return -1;
        }
        const size_t known = d->known < count ? d->known : count;
        if (known) memcpy(shown, d->shown, known * sizeof *shown);
        drawn_free(d);
        *d = (drawn){count, known, weights, shown};
    }
    if (fresh) d->known = count;
    return 0;
}

static void *at(const drawn_array *array, size_t i)
{
    return (char *)array->first + i * array->stride;
}

static double get(const drawn_array *array, size_t i)
{
    return array->single ? (double)*(const float *)at(array, i) : *(const double *)at(array, i);
}

static double rounded(const drawn_array *array, double weight)
{
    if (!array->single) return weight;
    const double max = (double)FLT_MAX;
    return (double)(float)(weight > max ? max : weight < -max ? -max : weight);
}

/* bit by bit: a NaN that someone wrote is one change, not one every time */
static int differs(double a, double b)
{
    return memcmp(&a, &b, sizeof a) != 0;
}

void drawn_meet(drawn *d, const drawn_array *array)
{
    for (size_t i = 0; i < d->known && i < array->points; ++i)
        if (get(array, i) == 0.0) d->shown[i] = get(array, i);
}

void drawn_take_in(drawn *d, object *o, const drawn_array *array)
{
    for (size_t i = 0; i < d->count && i < array->points; ++i) {
        const double point = get(array, i);
        if (differs(point, i < d->known ? d->shown[i] : 0.0)) object_set_weight(o, i, point);
    }
}

int drawn_show(drawn *d, const object *o, const drawn_array *array)
{
    int changed = 0;
    object_get_weights(o, d->weights);
    for (size_t i = 0; i < d->count && i < array->points; ++i) {
        d->shown[i] = rounded(array, d->weights[i]);
        if (!differs(get(array, i), d->shown[i])) continue;
        changed = 1;
        if (array->single)
            *(float *)at(array, i) = (float)d->shown[i];
        else
            *(double *)at(array, i) = d->shown[i];
    }
    d->known = d->count;
    return changed;
}
