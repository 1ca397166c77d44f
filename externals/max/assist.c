/* What a person asks of a box: what an inlet or outlet under the pointer is, and a look inside. */
#include <stdio.h>

#include "box.h"

static void assist(box *x, void *b, long where, long k, char *text)
{
    (void)b;
    const object_model *m = x->object.model;
    const long sources = object_inlets(&x->object) - m->inlets,
               outlets = object_outlets(&x->object);
    const long errors = outlets - m->errors;
    const size_t size = ASSIST_MAX_STRING_LEN;
    *text = '\0';
    if (where == ASSIST_INLET && k >= sources + m->inlets) return;
    if (where == ASSIST_INLET && k >= sources) {
        const word *w = &m->words[k - sources];
        snprintf(text, size, "(signal/float) %s: %s", w->is->name, w->line);
    } else if (where == ASSIST_INLET && !m->sources)
        snprintf(text, size, "(multichannel signal) external inputs, and messages");
    else if (where == ASSIST_INLET)
        snprintf(text, size, "(signal) input %ld%s", k + 1, k ? "" : ", and messages");
    else if (k >= outlets)
        snprintf(text, size, "(message) what report, get, dump and weights tell");
    else if (m->multichannel >= 0 && x->object.values[m->multichannel] != 0.0)
        snprintf(text, size, "(multichannel signal) a channel for each neuron");
    else if (!m->outs)
        snprintf(text, size, "(signal) mean of neurons %ld, %ld, ..", k + 1, k + 1 + outlets);
    else if (k < errors)
        snprintf(text, size, "(signal) prediction");
    else
        snprintf(text, size, "(signal) error of input %ld", k - errors + 1);
}

static void dblclick(box *x)
{
    t_buffer_ref *reference = x->buffer.reference;
    t_buffer_obj *shown = reference ? buffer_ref_getobject(reference) : NULL;
    if (shown) buffer_view(shown);
}

void box_add_assist(t_class *c)
{
    class_addmethod(c, METHOD(assist), "assist", A_CANT, 0);
    class_addmethod(c, METHOD(dblclick), "dblclick", A_CANT, 0);
}
