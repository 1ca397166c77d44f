/* Array: a network's weights in an array of Pd, where a person sees them learn and draws them. A
 * clock, not the perform routine, looks 25 times a second; externals/object/drawn.h has the rule.
 * An array shows the weights of one box. */
#ifndef SPECML_PD_ARRAY_H
#define SPECML_PD_ARRAY_H

#include <m_pd.h>

#include "drawn.h"

typedef enum { ARRAY_WELL, ARRAY_MISSING, ARRAY_SHORT, ARRAY_MEMORY } array_state;

typedef struct {
    t_object *owner;
    object *object;
    t_clock *clock;
    t_symbol *name;  /* of the array, NULL: not bound */
    t_symbol *claim; /* what the owner is bound to while it has the array */
    /* the array as it was found: pointer tells whether it still stands there unresized */
    t_garray *array;
    t_gpointer pointer;
    t_class **bound; /* what the name stood for */
    int met;         /* it has been looked at */
    int old;         /* what a patch has loaded into it is older than the weights */
    drawn drawn;
    array_state state; /* that an error has told */
} array;

void array_init(array *a, t_object *owner, object *object);
void array_free(array *a);
/* NULL unbinds. It is looked at when the patch has been loaded, loadbang and all; one that is not
 * there yet is waited for. */
void array_bind(array *a, t_symbol *name);
/* The weights have been replaced: at once, if it has been looked at. */
void array_show(array *a);
/* They come from a file: what stands in the array before it has been looked at is no drawing. */
void array_outdate(array *a);

#endif
