/* Unit: a net as the server's UGen. One plugin has them all; it is compiled once for scsynth and
 * once for supernova.
 *
 * A UGen is made, plays, hears commands and ends on the server's audio thread; of supernova's,
 * which are several, any may play it, others of a parallel group at the same time. So memory is the
 * real-time pool's, nothing waits, and what has to be said or done with files goes through the
 * server's stages on its other thread. */
#ifndef SPECML_SC_UNIT_H
#define SPECML_SC_UNIT_H

#include <SC_PlugIn.h>

#include "net.h"
#include "shown.h"

extern InterfaceTable *ft;

struct Kind {
    const char *name;
    const object_model *model;
    bool has_buffer;
};

struct Network : public Unit {
    net *n; /* NULL: there was no memory for it */
    const Kind *kind;
    int words;           /* inputs that are */
    int trigger, buffer; /* inputs, or -1 */
    int signals;         /* the first input that is one */
    float pushed;        /* the trigger at the sample before */
    shown *drawing;      /* NULL: it has no buffer */
    double unseen;       /* samples since the buffer was looked at */
    float told;          /* the buffer that is of no use, and an error has said so; or -1 */
};

/* ---- unit.cpp ---- */

void unit_make(Network *unit, const Kind *kind);
void unit_end(Network *unit);
void unit_release(World *world, net *n); /* out of one hand, the last of which frees it */

/* ---- buffer.cpp ---- */

bool buffer_make(Network *unit); /* false: there is no memory for it */
void buffer_end(Network *unit);
/* NULL if there is none of that number; those of a synth come after those of the server */
SndBuf *buffer_find(const Network *unit, float number);
/* At the beginning of a block: takes in what has been drawn, and shows the weights. */
void buffer_look(Network *unit, int samples);
/* All weights into the buffer whose number follows, at once. */
void buffer_command(Network *unit, sc_msg_iter *args);

/* ---- commands.cpp ---- */

/* `write PATH`, `read PATH`, `read PATH weights`, `weights BUFFER` */
void commands_define(const char *name);

/* ---- stages.cpp ---- */

void stages_write(Network *unit, const char *path);
void stages_read(Network *unit, const char *path, bool weights);

/* ---- say.cpp ---- */

void say(Network *unit, const char *text); /* a line, from the audio thread */
/* For what goes through the server's stages; NULL if memory is short. The server itself takes some
 * more, and does not look whether there is any. */
void *say_alloc(World *world, size_t bytes);

#endif
