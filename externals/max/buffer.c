#include "buffer.h"

#include <stdio.h>

void buffer_init(buffer *b, t_object *owner, handover *h)
{
    b->owner = owner;
    b->handover = h;
}

void buffer_free(buffer *b)
{
    if (b->claim) b->claim->s_thing = NULL;
    if (b->reference) freeobject(b->reference);
    drawn_free(&b->drawn);
    atomic_store(&b->name, NULL);
    b->claim = NULL;
    b->reference = NULL;
    b->found = NULL;
    b->met = b->old = 0;
    b->state = BUFFER_WELL;
}

/* 0, or -1 after an error if another box has it */
static int claim(buffer *b, t_symbol *name)
{
    char text[1024];
    snprintf(text, sizeof text, "specml-shows-%.900s", name->s_name);
    t_symbol *symbol = gensym(text);
    if (symbol->s_thing) {
        object_error(b->owner, "buffer~ %s already shows the weights of [%s]", name->s_name,
                     object_classname(symbol->s_thing)->s_name);
        return -1;
    }
    symbol->s_thing = b->owner;
    b->claim = symbol;
    return 0;
}

void buffer_bind(buffer *b, t_symbol *name)
{
    buffer_free(b);
    if (!name || claim(b, name)) return;
    b->reference = buffer_ref_new(b->owner, name);
    atomic_store(&b->name, name);
}

/* each new trouble once */
static void tell(buffer *b, buffer_state state, unsigned long points)
{
    const char *name = atomic_load(&b->name)->s_name;
    const unsigned long count = (unsigned long)object_weights(b->handover->object);
    if (state == b->state) return;
    if (state == BUFFER_MISSING)
        object_error(b->owner, "no buffer~ %s", name);
    else if (state == BUFFER_SHORT)
        object_error(b->owner, "buffer~ %s has %lu points, needs %lu", name, points, count);
    else if (state == BUFFER_MEMORY)
        object_error(b->owner, "no memory to show %lu weights", count);
    b->state = state;
}

static void resize(t_buffer_obj *buffer, unsigned long frames)
{
    const t_atom_long channels = buffer_getchannelcount(buffer);
    t_atom size[2]; /* frames, channels */
    atom_setlong(&size[0], (t_atom_long)frames);
    atom_setlong(&size[1], channels > 0 ? channels : 1);
    buffer_edit_begin(buffer);
    object_method_typed(buffer, gensym("sizeinsamps"), 2, size, NULL);
    buffer_edit_end(buffer, 1);
    buffer_setdirty(buffer);
}

/* 1 if the buffer~ is the one it was, 0 if not, -1 if there is none */
static int find(buffer *b)
{
    t_buffer_obj *buffer = buffer_ref_getobject(b->reference);
    const int same = !atomic_exchange(&b->replaced, 0) && buffer == b->found;
    b->found = buffer;
    if (!buffer) return -1;
    return same && buffer_getframecount(buffer) == b->frames &&
           buffer_getchannelcount(buffer) == b->channels;
}

/* its size is such that the weights can be shown: 1, or 0. *met: it is the one it was */
static int fit(buffer *b, int fresh, int *met)
{
    const object *o = b->handover->object;
    const unsigned long count = (unsigned long)object_weights(o);
    *met = find(b);
    if (*met < 0) {
        tell(b, BUFFER_MISSING, 0);
        return 0;
    }
    unsigned long had = (unsigned long)buffer_getframecount(b->found);
    if ((had < count || (had > count && fresh)) && o->values[o->model->fixed] == 0.0) {
        resize(b->found, count);
        had = (unsigned long)buffer_getframecount(b->found);
        *met = 0;
    }
    tell(b, had < count ? BUFFER_SHORT : b->drawn.lacks ? BUFFER_MEMORY : BUFFER_WELL, had);
    return had >= count;
}

/* its points, locked until buffer_unlocksamples: 1, or 0 and nothing is */
static int lock(buffer *b, drawn_array *points)
{
    if (!b->reference || !b->found || buffer_ref_getobject(b->reference) != b->found) return 0;
    float *samples = buffer_locksamples(b->found);
    if (!samples) return 0;
    b->frames = buffer_getframecount(b->found);
    b->channels = buffer_getchannelcount(b->found);
    *points = (drawn_array){samples, (size_t)b->channels * sizeof *samples, (size_t)b->frames, 1};
    return 1;
}

void buffer_look(buffer *b, int fresh, int asleep)
{
    drawn_array points;
    int met;
    if (!atomic_load(&b->name) || (fresh && !b->met)) return;
    fresh |= b->old && !b->met;
    if (!fit(b, fresh, &met) || !lock(b, &points)) return;
    if (!met) drawn_meet(&b->drawn, &points);
    int changed = !fresh && drawn_show(&b->drawn, &points);
    object_task *task = drawn_look(&b->drawn, b->handover->object, &points, fresh);
    buffer_unlocksamples(b->found);
    b->met = 1;
    if (b->drawn.lacks) tell(b, BUFFER_MEMORY, 0);
    if (changed) buffer_setdirty(b->found);
    handover_give(b->handover, task, asleep); /* which may tell something, and that change us */
    if (!asleep || !b->drawn.weights || !lock(b, &points)) return;
    changed = drawn_show(&b->drawn, &points);
    buffer_unlocksamples(b->found);
    if (changed) buffer_setdirty(b->found);
}

void buffer_outdate(buffer *b)
{
    b->old = 1;
}

t_max_err buffer_notified(buffer *b, t_symbol *s, t_symbol *message, void *sender, void *data)
{
    if (message != gensym("buffer_modified")) atomic_store(&b->replaced, 1);
    return b->reference ? buffer_ref_notify(b->reference, s, message, sender, data) : MAX_ERR_NONE;
}
