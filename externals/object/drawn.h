/* Drawn: a network's weights in an array where a person sees them learn and draws them, whatever
 * the host calls it. The array is looked at some 25 times a second: what someone else has changed
 * since the last look is taken in, then all weights are shown anew. The network keeps its own
 * doubles, so an array that nobody touches changes no bit of the sound. What stands in an array
 * when it is first looked at, and is not 0, has been drawn too: a patch has loaded it. */
#ifndef SPECML_DRAWN_H
#define SPECML_DRAWN_H

#include "object.h"

typedef struct {
    void *first; /* of its points, floats or doubles */
    size_t stride, points;
    int single; /* they are floats */
} drawn_array;

typedef struct {
    size_t count, known; /* points; of which so many are known */
    double *shown;       /* (count,) as they were at the last look */
    object_task *asked;  /* the last look, while it is on its way */
    int lacks;           /* 1: memory was short at the last look */
    size_t came;         /* weights that have come, and are not shown yet .. */
    double *weights;     /* .. (came,) or NULL */
} drawn;

/* all of it [message] */

void drawn_free(drawn *d);
/* This is an array that it has not seen, or one of another size: where it is 0, nothing is drawn.
 */
void drawn_meet(drawn *d, const drawn_array *array);
/* A task that takes in what has been drawn, and asks for all weights. NULL: the last one is still
 * on its way, or d->lacks. fresh: the weights have been replaced, and nothing in the array
 * is a drawing. */
object_task *drawn_look(drawn *d, object *o, const drawn_array *array, int fresh);
/* Shows the weights that have come, where nobody has drawn meanwhile: 1 if a point changed. */
int drawn_show(drawn *d, const drawn_array *array);

#endif
