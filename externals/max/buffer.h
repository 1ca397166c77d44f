/* Buffer: a network's weights in the first channel of a buffer~, where a person sees them learn and
 * draws them. The main thread, not perform, looks 25 times a second; externals/object/drawn.h has
 * the rule. A buffer~ shows the weights of one box. */
#ifndef SPECML_MAX_BUFFER_H
#define SPECML_MAX_BUFFER_H

#include "api.h"

#include "drawn.h"
#include "handover.h"

typedef enum { BUFFER_WELL, BUFFER_MISSING, BUFFER_SHORT, BUFFER_MEMORY } buffer_state;

typedef struct {
    t_object *owner;
    handover *handover;
    _Atomic(t_symbol *) name; /* of the buffer~, NULL: not bound */
    t_symbol *claim;          /* what the owner is bound to while it has the buffer~ */
    t_buffer_ref *reference;
    /* the buffer~ as it was found: another one, or another size, and it is met anew */
    t_buffer_obj *found;
    t_atom_long frames, channels;
    atomic_int replaced; /* another may stand behind the name now */
    int met;             /* it has been looked at */
    int old;             /* what stood in it before is older than the weights */
    drawn drawn;
    buffer_state state; /* that an error has told */
} buffer;

void buffer_init(buffer *b, t_object *owner, handover *h);
void buffer_free(buffer *b);
/* NULL unbinds. One that is not there yet is waited for. */
void buffer_bind(buffer *b, t_symbol *name);
/* To be called 25 times a second; asleep: see handover_give. fresh: the weights have been replaced,
 * so nothing in the buffer~ is a drawing; then at once, if it has been looked at. */
void buffer_look(buffer *b, int fresh, int asleep);
/* The weights come from a file: what stands in a buffer~ before it is looked at is no drawing. */
void buffer_outdate(buffer *b);
t_max_err buffer_notified(buffer *b, t_symbol *s, t_symbol *message, void *sender, void *data);

#endif
