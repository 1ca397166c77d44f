/* Glide: weights on their way to others, in steps on a grid of 64 samples, whatever the block size.
 */
#ifndef SPECML_GLIDE_H
#define SPECML_GLIDE_H

#include "state.h"

enum { GLIDE_GRID = 64 /* samples */ };

struct object_glide {
    tensors t;
    uint64_t steps; /* that are left */
    uint64_t wait;  /* samples until the next, 1..64 */
    int channels;
    double *scratch; /* (learnt_words,) */
    double target[]; /* (channels, learnt_words) */
};

/* [message] memory for one between networks of such values; NULL if it is short */
object_glide *glide_new(const object_model *model, const double *values, int channels);
void glide_free(object_glide *g);
void glide_put(object_glide *g, const state *s);  /* [message] as it was read */
uint64_t glide_steps(const object *o, double ms); /* [message] 1 where nothing sounds */
/* [audio] One, or none, in the place of the other: *g is then the one that goes, or NULL. */
void glide_swap(object *o, object_glide **g);
/* [audio] The same with one for networks of their shape, which takes its first step. */
void glide_begin(object *o, object_glide **g);
/* [audio] How many of n samples come before the next step; once they have sounded, glide_on. */
size_t glide_ahead(const object *o, size_t n);
void glide_on(object *o, size_t n);

#endif
