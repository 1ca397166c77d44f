/* An object: what a box is in every host. It has the values that it was told, networks that sound,
 * and words and errors that are the same everywhere. A host moves samples, atoms and arrays.
 *
 * What is larger than one pass over the weights is prepared on the message thread as a change,
 * taken over by the audio thread at a block boundary, and what it replaced is discarded on the
 * message thread again:
 *
 *     object_change *change = object_set(o, which, &given, 1);      [message]
 *     while (change) {
 *         object_swap(o, change);                                   [audio]
 *         change = object_discard(o, change);                       [message]
 *     }
 * A host with one thread does so in the message; others hand the pointer over and back. What else
 * is marked [message] reads and writes what only that thread does; [audio] likewise; [stopped] is
 * for one thread while the other does not touch the object. */
#ifndef SPECML_OBJECT_H
#define SPECML_OBJECT_H

#include <stdatomic.h>

#include "word.h"

enum {
    OBJECT_ABREAST = 4, /* networks that a model processes at once */
    OBJECT_SOURCES_MAX = 1024,
    OBJECT_INLETS_MAX = 10,
    OBJECT_LAYERS_MAX = 4 /* networks of which each fades into the next */
};

/* what a network keeps of the one that it follows */
typedef enum {
    KEEPS_NOTHING,
    KEEPS_WEIGHTS, /* what both shapes have */
    KEEPS_ALL,     /* a copy, of the same shape */
    KEEPS_PLACE    /* it is the same one, in a row of another length */
} object_keeps;

/* One network and what it hears and says, (n,) each. */
typedef struct {
    void *net;
    const double *const *in;      /* (sources,) */
    const double *const *signals; /* (controls,) NULL: it holds its value */
    double *const *out;           /* (outs,) */
    int outs;
} object_voice;

/* What a model is to an object. values: (count,) of its words. */
typedef struct object_model {
    const char *name;
    const word *words; /* the first are controls, of which the first have inlets */
    const command *commands;
    int count, controls, inlets, command_count;
    const int *arguments; /* (argument_count,) which word each is */
    int argument_count;
    int sources; /* signals that a network hears, one channel each; 0: all channels of its inlet */
    int outs;    /* signals that a network says; 0: as many as are asked for */
    int errors;  /* the last of them */
    /* words that the object asks for */
    int rate, learn, seed, fade, fixed;
    int multichannel; /* -1: there is none */

    /* [any] */
    double (*high)(const double *values, int which); /* the most that the others allow */
    void (*follow)(double *values, int preset);      /* -1: the first; NULL: there are none */
    size_t (*bytes)(const double *values);           /* of a network; 0 if it cannot be */
    double (*cells)(const double *values);           /* weights, which its cost goes by */
    void (*shape)(const double *values, char *text); /* (WORD_TEXT_MAX,) in words */
    int (*asked)(const double *values);              /* outs, where the model does not say */
    size_t (*count_weights)(const void *net);
    int (*sources_of)(const void *net); /* channels that it hears, where the model does not say */
    /* [message] */
    void (*init)(void *net, const double *values, double samplerate, uint64_t seed);
    void (*get_weights)(const void *net, double *weights);
    /* [audio] */
    void (*copy)(void *to, const void *from); /* of small ones only */
    void (*keep)(void *to, const void *from);
    void (*set)(void *net, const double *values, int which);
    void (*set_samplerate)(void *net, double samplerate);     /* NULL: it does not matter */
    int (*set_weight)(void *net, size_t index, double value); /* -1: it cannot be one */
    void (*clear)(void *net);
    void (*bang)(void *net); /* NULL: it has none */
    void (*process)(const object_voice *voices, int count, size_t n);
    double (*now)(const void *net, int control);
    uint64_t (*clipped)(const void *net);
} object_model;

extern const object_model object_autoregnn, object_autoregnn2, object_unlearn;

typedef enum { OBJECT_ERROR, OBJECT_WARNING } object_level;
typedef void object_say(void *owner, object_level level, const char *text);
/* a fact: numbers, or one symbol if there is one */
typedef void object_tell(void *owner, const char *name, size_t count, const double *numbers,
                         const char *symbol);

/* the networks of all channels */
typedef struct object_networks {
    struct object_networks *next; /* of those to be freed */
    size_t bytes;                 /* of all */
    int count;
    size_t fade, faded; /* samples */
    void *net[];        /* (count,) */
} object_networks;

typedef struct {
    double values[WORDS_MAX];
    int which; /* the word that changes, or -1 */
    object_keeps keeps;
    object_networks *coming;  /* NULL if none do */
    object_networks *going;   /* after the swap */
    int late;                 /* there is no room for both: the old ones go first */
    object_networks *waiting; /* .. and these come then */
} object_change;

typedef struct {
    double sum, samples;
} object_mean;

typedef struct {
    int channels;
    double *samples; /* (channels, n) */
} object_inlet;

typedef struct {
    const object_model *model;
    void *owner;
    object_say *say;
    double integer_max;       /* the largest integer that the host's numbers can name */
    int sounding;             /* 1 while blocks are processed: then networks fade */
    double values[WORDS_MAX]; /* [message] as last told */
    double samplerate;        /* Hz */
    int made;                 /* [message] channels that have a network */
    size_t told;              /* [message] bytes of the networks that were prepared last */
    /* [audio] */
    double heeded[WORDS_MAX];                   /* values that the networks know */
    object_networks *layers[OBJECT_LAYERS_MAX]; /* the newest last */
    int layered;
    _Atomic(object_networks *) faded; /* to be freed on the message thread */
    double busy, sounded; /* seconds in process, and of sound, since they were last told */
    /* what stands between the host and the networks: [stopped] */
    object_inlet in[OBJECT_INLETS_MAX];
    int channels, rows; /* of sound; of out */
    size_t n;
    double *out, *mixed; /* (rows, n) outlet by outlet, channel by channel */
    double *memory;
    size_t bytes;
    object_mean *means; /* (metered, errors) of each channel since they were last told */
    int metered;
} object;

/* ---- life ---- */

/* [stopped] */
void object_init(object *o, const object_model *model, void *owner, object_say *say,
                 double integer_max, double samplerate);
/* [stopped] What the box says: arguments in their order, flags anywhere; multichannel: whether the
 * host has such signals. Returns the name that follows -table, or NULL. Nothing sounds before the
 * first object_channels. */
const char *object_box(object *o, int count, const word_given *given, int multichannel);
/* [message] The name of an array, or NULL after an error. */
const char *object_read_table(object *o, const word_given *given);
/* [stopped] */
void object_free(object *o);

/* [message] Reads a value of at most `high`: 1, or 0 after an error and nothing changed. */
int object_read(object *o, int which, double high, const word_given *given);

/* ---- what it is told: [message] NULL if nothing is to be taken over, perhaps after an error ----
 */

object_change *object_set(object *o, int which, int count, const word_given *given);
object_change *object_reset(object *o);
/* a network for each of so many channels */
object_change *object_channels(object *o, int channels);

void object_swap(object *o, object_change *change); /* [audio] */
/* [message] Frees what has been replaced; returns what is to be swapped next, or NULL. */
object_change *object_discard(object *o, object_change *change);
void object_collect(object *o); /* [message] frees what has faded out */

/* ---- sound ---- */

/* [stopped] Memory for blocks of n samples: 0, or -1 after an error. channels: of each inlet. What
 * comes in goes to in[k].samples, what comes out stands in out. */
int object_inlets(const object *o); /* [any] signal inlets: sources, then controls */
int object_open(object *o, const int *channels, size_t n, double samplerate);
void object_process(object *o);      /* [audio] one block */
void object_clear(object *o);        /* [audio] forgets sound */
void object_bang(object *o);         /* [audio] */
int object_outs(const object *o);    /* [message] signals that a network says */
int object_outlets(const object *o); /* [message] signal outlets .. */
int object_width(const object *o);   /* [message] .. and the channels of each */

/* ---- what it says: [stopped] ---- */

size_t object_weights(const object *o); /* of all channels, one after the other */
void object_get_weights(const object *o, double *weights);
int object_set_weight(object *o, size_t index, double value); /* -1: it cannot be one */
/* from an index on, all or none: 0, or -1 after an error */
int object_set_weights(object *o, int count, const word_given *given);
void object_tell_weights(object *o, object_tell *tell); /* a list: its name is NULL */
void object_report(object *o, object_tell *tell, const char *table);
void object_get(object *o, const word_given *name, object_tell *tell);
void object_dump(object *o, object_tell *tell);

/* ---- for the files of the object ---- */

/* [any] values: (count,) as they are where nothing is told */
void object_initial(const object_model *model, double *values);
/* [audio] the networks that came last, NULL before there are any */
object_networks *object_newest(const object *o);

/* ---- what it costs ---- */

double object_seconds(void);               /* [any] since some time */
void object_warn(object *o, int channels); /* [message] if what it was told is too much */

#endif
