/* Box: an object (externals/object) as a client of JACK. One program is one box.
 *
 * JACK's process thread is the object's [audio] thread, the main thread its [message] thread. What
 * else JACK has to say comes on threads of its own, which leave a note and wake the main thread. */
#ifndef SPECML_JACK_BOX_H
#define SPECML_JACK_BOX_H

#include <jack/jack.h>

#include "handover.h"
#include "options.h"

typedef struct {
    object object;
    handover handover;
    options options;
    jack_client_t *client;
    /* [message] */
    int active;                 /* blocks are asked for */
    int ended;                  /* it has been told to quit */
    int errors;                 /* that were said */
    int fed[OBJECT_INLETS_MAX]; /* whether a port is connected to each control's */
    int opened;                 /* signals of the form that was opened last */
    int channels;               /* of each source */
    int ins;                    /* ports: of sources, then of controls */
    /* of ports: fixed before JACK asks for blocks, but for ports that come after the others */
    jack_port_t **in, **out; /* (ins,), (room,) */
    int room;
    atomic_int outs; /* that there are; port j says row j */
    /* [audio] samples of a block */
    jack_default_audio_sample_t **heard, **said; /* (ins,), (room,) */
    /* notes for the main thread */
    atomic_int gone; /* the server; then why: */
    char why[200];
} box;

/* ---- host.c: [message] ---- */

extern const object_host box_host;
void box_say(const char *format, ...) __attribute__((format(printf, 1, 2))); /* of the program */
void box_do(box *x, object_task *task); /* hands over what has been prepared, or NULL */

/* ---- life.c: [message] ---- */

/* What it is made of stands in its options: 0, and it sounds; or what the program returns. */
int box_begin(box *x);
/* No block is asked for after this. Returns what the program returns. */
int box_end(box *x);
void box_leave(box *x); /* however far it came */

/* ---- messages.c: [message] ---- */

void box_message(box *x, int count, const word_given *given);

/* ---- ports.c: [message] ---- */

int box_add_ports(box *x); /* 0, or -1 after an error; before JACK asks for blocks */
/* Opens the object anew if its signals, its connections or the sample rate are others. */
void box_fit(box *x);
void box_connect(box *x); /* to the ears and microphones that there are */

/* ---- sound.c ---- */

enum { BOX_CHUNK = 64 /* samples at a time: JACK's blocks are no part of the sound */ };
int box_process(jack_nframes_t frames, void *owner); /* [audio] */

#endif
