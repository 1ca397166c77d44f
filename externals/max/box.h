/* Box: an object (externals/object) as Max has it. One external is one kind of box.
 *
 * Three threads come here. Max's main thread is the object's [message] thread: what arrives on the
 * scheduler's thread is deferred to it. Perform is its [audio] thread. Attributes are asked on any
 * thread, so what they answer stands beside the object. */
#ifndef SPECML_MAX_BOX_H
#define SPECML_MAX_BOX_H

#include "api.h"

#include "atoms.h"
#include "buffer.h"
#include "handover.h"
#include "keep.h"

typedef struct box {
    t_pxobject max;
    object object;
    handover handover;
    buffer buffer;
    keep keep;
    _Atomic double values[WORDS_MAX]; /* [any] the object's, as attributes tell them */
    t_outlet *info;
    t_clock *clock; /* wakes .. */
    t_qelem *qelem; /* .. what looks, on the main thread */
    int waking;     /* the clock is set */
    int looks;      /* to come, until what fades now has faded out */
    int writing;    /* a file may be on its way */
} box;

/* In ext_main; a name that begins with mc. has one multichannel outlet. Where the core refuses to
 * run, no box is made, and it says why. */
void box_setup(const char *name, const object_model *model);

/* ---- arguments.c ---- */

typedef struct {
    t_symbol *table, *file; /* of a buffer~ and of a state file; NULL: none is named */
} box_names;
/* [message] What the box is made of. */
box_names box_read(box *x, int multichannel, long argc, const t_atom *argv);
void box_begin(box *x, const box_names *names); /* [message] once it has a network and outlets */

/* ---- messages.c ---- */

extern const object_host box_host;
/* [any] a word or another message: it is heard on the main thread, at once or soon */
void box_message(box *x, t_symbol *s, long argc, t_atom *argv);
void box_add_messages(t_class *c);

/* ---- inlets.c ---- */

void box_add_inlets(t_class *c, const object_model *model);

/* ---- threads.c: [message] ---- */

void box_begin_to_look(box *x);
void box_cease_to_look(box *x);
void box_wake(box *x);                  /* looks soon, and as long as there is something to see */
void box_do(box *x, object_task *task); /* hands over what has been prepared, or NULL */
/* The same with what may have changed all values; width: as it was before. */
void box_do_all(box *x, object_task *task, int width);
/* Until all that was handed over has come back, a second at most: 1, or 0 if it has not. */
int box_wait(box *x);
/* The same with what a file has brought to a box that is being made, before any sound. */
void box_begin_with(box *x, object_task *task);
int box_asleep(box *x);   /* no block will be asked for now */
void box_rebuild(box *x); /* the signal chain, in which channels are counted */

/* ---- attributes.c ---- */

int attributes_is_read_only(const object_model *m, int which);    /* [any] once the box is made */
void attributes_value(t_atom *atom, const word *w, double value); /* [any] as Max says it */
t_max_err attributes_get(box *x, void *attribute, long *argc, t_atom **argv); /* [any] */
t_max_err attributes_set(box *x, void *attribute, long argc, t_atom *argv);   /* [any] */
void attributes_changed(box *x); /* [message] says so of those that are not what they were */

/* ---- inspector.c ---- */

void box_add_attributes(t_class *c, const object_model *model, int multichannel);

/* ---- assist.c ---- */

void box_add_assist(t_class *c);

#endif
