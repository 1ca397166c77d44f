/* Keep: the patcher itself carries what a box has learnt. Beside the text of the box its dictionary
 * has one string, the bytes of a state file without sound as base64: numbers of a patcher have too
 * few digits. */
#ifndef SPECML_MAX_KEEP_H
#define SPECML_MAX_KEEP_H

#include <stddef.h>

#include "api.h"

struct box;

typedef struct {
    unsigned char *bytes; /* (count,) once they have come; NULL: they could not be made */
    size_t count;
    int coming; /* they are on their way */
} keep;

/* all of it [message] */

void keep_add_methods(t_class *c);
void keep_begin_with(struct box *x); /* a box that is being made, before any sound */
void keep_free(keep *k);

#endif
