/* Net: one network as a UGen has it, and what stands between its inputs and the core. SuperCollider
 * makes a UGen, plays it and sends it commands on one thread, which may not allocate, so a net is
 * no object of externals/object/object.h: it has that layer's table of words and its models alone,
 * and memory that is handed in.
 *
 * Inputs of a UGen: one for each word that a state file tells, in the order of the table; a trigger
 * if the model can be banged; the buffer if it has one; then signals. */
#ifndef SPECML_SC_NET_H
#define SPECML_SC_NET_H

#ifdef __cplusplus
extern "C" {
#endif

#include "word.h"

enum { NET_CHUNK = 64 /* samples at a time: how long a block is, is no part of the sound */ };

typedef struct object_model object_model;
extern const object_model object_autoregnn, object_autoregnn2, object_unlearn;

typedef struct {
    const object_model *model;
    double values[WORDS_MAX]; /* as the inputs said last */
    void *core;               /* the network itself */
    int sources, outs;        /* signals that it hears, and that it says at most */
    double **heard;           /* (sources, NET_CHUNK) */
    double **moved;           /* (controls, NET_CHUNK) */
    double **said;            /* (outs, NET_CHUNK) */
    const double **moving;    /* (controls,) NULL: it holds its value */
    /* of whom has it: the UGen, and each command on its way */
    int hands;
    void *unit; /* NULL: it has ended */
} net;

/* ---- the words of a model, words.c: [any] ---- */

int net_words(const object_model *model);           /* inputs that are words */
int net_word(const object_model *model, int input); /* which word that is */
int net_is_control(const object_model *model, int which);
int net_is_banged(const object_model *model);
void net_initial(const object_model *model, double *values); /* as inputs of 32 bits say it */
/* 1, and controls are clamped; or 0 and the value stays, and in text, (WORD_TEXT_MAX,), what would
 * have been accepted */
int net_read(const object_model *model, double *values, int which, double value, char *text);
size_t net_core_bytes(const object_model *model, const double *values);
void net_shape(const object_model *model, const double *values, char *text); /* (WORD_TEXT_MAX,) */

/* ---- life: [audio], for a draw is one pass over the weights ---- */

/* core: memory for one of these values */
void net_draw(const object_model *model, void *core, const double *values, double samplerate);
int net_sources(const object_model *model, const void *core); /* signals that it hears */
int net_outs(const object_model *model, int outputs);         /* and says, at least so many */
size_t net_bytes(const object_model *model, int sources, int outs);
net *net_init(void *memory, void *core, const object_model *model, const double *values,
              int sources, int outs);

/* ---- sound: [audio] ---- */

/* What an input says that is no signal, at the beginning of a block. */
void net_hold(net *n, int which, double value, double samplerate);
void net_apply(net *n); /* all that inputs said last: to another core */
void net_bang(net *n);
void net_process(net *n, size_t count); /* at most NET_CHUNK samples of heard, moved, said */

/* ---- weights: [audio] one pass ---- */

size_t net_count(const net *n);
void net_get_weights(const net *n, double *weights);
int net_set_weight(net *n, size_t index, double value); /* -1: it cannot be one */
void net_copy(const net *n, void *core);

/* ---- state files, files.c: not on the audio thread, but for net_take. text: (WORD_TEXT_MAX,) ----
 */

typedef struct net_file net_file; /* what was read */

/* core: a copy; 0, or -1 and in text what is wrong */
int net_write(const object_model *model, const double *values, void *core, double samplerate,
              const char *path, char *text);
/* NULL, and what is wrong; its shape is the one of these values */
net_file *net_open(const object_model *model, const double *values, const char *path, char *text);
/* core, memory for such a one, becomes what was read */
void net_fill(const net_file *file, void *core, const double *values, double samplerate);
void net_take(net *n, const net_file *file); /* [audio] its weights alone */
void net_close(net_file *file);              /* NULL: nothing */

#ifdef __cplusplus
}
#endif

#endif
