#include "shown.h"

#include <float.h>
#include <string.h>

size_t shown_bytes(size_t count)
{
    return sizeof(shown) + count * (sizeof(double) + sizeof(float));
}

shown *shown_init(void *memory, size_t count)
{
    shown *s = memory;
    *s = (shown){.count = count, .weights = (double *)(s + 1)};
    s->shown = (float *)(s->weights + count);
    memset(s->shown, 0, count * sizeof *s->shown);
    return s;
}

static float rounded(double weight)
{
    const double max = (double)FLT_MAX;
    return (float)(weight > max ? max : weight < -max ? -max : weight);
}

/* bit by bit: a NaN that someone wrote is one change, not one every time */
static int differs(float a, float b)
{
    return memcmp(&a, &b, sizeof a) != 0;
}

/* another buffer: where it is 0, nothing is drawn */
static void meet(shown *s, const float *points, size_t stride, size_t had)
{
    s->points = points;
    s->had = had;
    for (size_t i = 0; i < s->count; ++i)
        if (points[i * stride] == 0.0F) s->shown[i] = points[i * stride];
}

void shown_look(shown *s, net *n, float *points, size_t stride, size_t had)
{
    if (points != s->points || had != s->had) meet(s, points, stride, had);
    for (size_t i = 0; i < s->count; ++i)
        if (differs(points[i * stride], s->shown[i]))
            net_set_weight(n, i, (double)points[i * stride]);
    net_get_weights(n, s->weights);
    for (size_t i = 0; i < s->count; ++i) points[i * stride] = s->shown[i] = rounded(s->weights[i]);
}

void shown_write(double *weights, const net *n, float *points, size_t stride)
{
    const size_t count = net_count(n);
    net_get_weights(n, weights);
    for (size_t i = 0; i < count; ++i) points[i * stride] = rounded(weights[i]);
}
