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
    size_t count, known; /* weights; of which so many have been shown */
    double *weights;     /* (count,) */
    double *shown;       /* (count,) as the array has them */
} drawn;

/* all of it [stopped] */
void drawn_free(drawn *d);
/* As many as the object has: 0, or -1 if memory is short. fresh: those there were have been
 * replaced by others, and nothing in the array is a drawing. */
int drawn_fit(drawn *d, const object *o, int fresh);
/* This is an array that it has not seen, or one of another size: where it is 0, nothing is drawn.
 */
void drawn_meet(drawn *d, const drawn_array *array);
void drawn_take_in(drawn *d, object *o, const drawn_array *array);
int drawn_show(drawn *d, const object *o, const drawn_array *array); /* 1 if a point changed */

#endif
