/* Shown: weights in a buffer of 32-bit numbers, by the rule of externals/object/drawn.h. A server
 * sounds and changes buffers on one thread, or with a lock, so that a look is one step and not
 * three. */
#ifndef SPECML_SC_SHOWN_H
#define SPECML_SC_SHOWN_H

#include "net.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
    size_t count;
    const float *points; /* of the buffer that it has met, and how many */
    size_t had;
    double *weights; /* (count,) */
    float *shown;    /* (count,) as they were at the last look */
} shown;

/* all of it [audio] */

size_t shown_bytes(size_t count);
shown *shown_init(void *memory, size_t count);
/* A look: one pass over the weights. points: every `stride`-th of `had`, at least count. */
void shown_look(shown *s, net *n, float *points, size_t stride, size_t had);
/* All weights into points. */
void shown_write(double *weights, const net *n, float *points, size_t stride);

#ifdef __cplusplus
}
#endif

#endif
