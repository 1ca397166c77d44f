/* Box: an object (externals/object) as Pure Data has it. One external is one kind of box. */
#ifndef SPECML_PD_BOX_H
#define SPECML_PD_BOX_H

#include <m_pd.h>

#include "array.h"
#include "keep.h"
#include "worker.h"

#ifdef _WIN32
#define EXPORT __declspec(dllexport)
#else
#define EXPORT __attribute__((visibility("default")))
#endif

typedef struct box {
    t_object pd;
    t_float scalar; /* of the signal inlet while nothing is connected */
    object object;
    array array;
    t_inlet *inlets[OBJECT_INLETS_MAX]; /* of the controls */
    t_outlet *info;
    t_clock *collector;
    t_canvas *canvas; /* its patch */
    worker worker;
    keep keep;
    const t_sample *in[OBJECT_INLETS_MAX];
    t_sample **out; /* (outlets,) */
    int outlets;
    size_t n; /* samples a block */
} box;

/* In setup. Where the core refuses to run, no box is made, and it says why. */
void box_setup(const char *name, const object_model *model);

/* ---- host.c ---- */

extern const object_host box_host;
void box_do(box *x, object_task *task); /* all of it; NULL: nothing */
/* The same with what may change all values, which its inlets hold then; outs: object_outs before it
 * was prepared. */
void box_do_all(box *x, object_task *task, int outs);
void box_hold_inlets(box *x); /* a float at the inlet of a control is as told */
void box_collect(box *x);     /* frees what has faded out */

/* ---- messages.c ---- */

void box_add_messages(t_class *c, const object_model *model);

#endif
