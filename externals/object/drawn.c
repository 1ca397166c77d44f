#include "drawn.h"

#include <float.h>
#include <stdlib.h>
#include <string.h>

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

/* ---- a look ---- */

typedef struct {
    object_task task;
    drawn *drawn;
    size_t drawings, count, room;
    struct {
        size_t index;
        double value;
    } *drawing;      /* (drawings,) */
    double *weights; /* (room,) of which so many came */
} look;

static void run_look(object *o, object_task *task)
{
    look *l = (look *)task;
    for (size_t k = 0; k < l->drawings; ++k)
        object_set_weight(o, l->drawing[k].index, l->drawing[k].value);
    l->count = object_get_weights(o, l->room, l->weights);
}

static object_task *end_look(object *o, object_task *task)
{
    (void)o;
    look *l = (look *)task;
    drawn *d = l->drawn;
    if (d->asked == task) {
        d->asked = NULL;
        free(d->weights);
        d->weights = l->weights;
        d->came = l->count;
        l->weights = NULL;
    }
    free(l->drawing);
    free(l->weights);
    free(l);
    return NULL;
}

void drawn_free(drawn *d)
{
    free(d->shown);
    free(d->weights);
    *d = (drawn){0};
}

/* room for what is shown: 0, or -1 if memory is short */
static int fit(drawn *d, size_t count)
{
    if (count == d->count) return 0;
    double *shown = calloc(count, sizeof *shown);
    if (!shown) return -1;
    d->known = d->known < count ? d->known : count;
    if (d->known) memcpy(shown, d->shown, d->known * sizeof *shown);
    free(d->shown);
    d->shown = shown;
    d->count = count;
    return 0;
}

/* what differs from what is known, and knows it then */
static void find_drawings(drawn *d, look *l, const drawn_array *array, int fresh)
{
    for (size_t i = 0; i < d->count && i < array->points; ++i) {
        const double point = get(array, i), before = i < d->known ? d->shown[i] : 0.0;
        d->shown[i] = point;
        if (fresh || !differs(point, before)) continue;
        l->drawing[l->drawings].index = i;
        l->drawing[l->drawings++].value = point;
    }
    d->known = d->count < array->points ? d->count : array->points;
}

object_task *drawn_look(drawn *d, object *o, const drawn_array *array, int fresh)
{
    const size_t count = object_weights(o);
    if (d->asked && !fresh) return NULL;
    look *l = object_task_new(sizeof *l, run_look, end_look);
    if (l) {
        l->drawn = d;
        l->room = count;
        l->weights = calloc(count, sizeof *l->weights);
        l->drawing = calloc(count, sizeof *l->drawing);
    }
    d->lacks = !l || !l->weights || !l->drawing || fit(d, count);
    if (d->lacks) {
        if (l) end_look(o, &l->task);
        return NULL;
    }
    find_drawings(d, l, array, fresh);
    d->asked = &l->task;
    return &l->task;
}

int drawn_show(drawn *d, const drawn_array *array)
{
    int changed = 0;
    for (size_t i = 0; d->weights && i < d->came && i < d->known && i < array->points; ++i) {
        const double weight = rounded(array, d->weights[i]);
        if (differs(get(array, i), d->shown[i])) continue;
        if (differs(weight, d->shown[i])) {
            changed = 1;
            if (array->single)
                *(float *)at(array, i) = (float)weight;
            else
                *(double *)at(array, i) = weight;
        }
        d->shown[i] = weight;
    }
    free(d->weights);
    d->weights = NULL;
    return changed;
}
