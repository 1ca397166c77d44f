/* An object: what a box is in every host. It has the values that it was told, networks that sound,
 * and words and errors that are the same everywhere. A host moves samples, atoms and arrays.
 *
 * What the message thread wants of the networks it prepares as a task. The audio thread runs it at
 * a block boundary, which takes at most one pass over the weights, and the message thread ends it:
 * it says what there is to say, frees what has been replaced, and may have more to run.
 *
 *     object_task *task = object_set(o, which, 1, &given);          [message]
 *     while (task) {
 *         object_run(o, task);                                      [audio]
 *         task = object_end(o, task);                               [message]
 *     }
 * A host with one thread does so in the message; others hand the task over and back (handover.h).
 * What else is marked [message] reads and writes what only that thread does; [audio] likewise;
 * [stopped] is for one thread while the other does not touch the object. */
#ifndef SPECML_OBJECT_H
#define SPECML_OBJECT_H

#include <stdatomic.h>

#include "tensor.h"
#include "word.h"

enum {
    OBJECT_ABREAST = 4, /* networks that a model processes at once */
    OBJECT_SOURCES_MAX = 1024,
    OBJECT_INLETS_MAX = 10,
    OBJECT_LAYERS_MAX = 4,     /* networks of which each fades into the next */
    OBJECT_KEPT_MAX = 1 << 24, /* bytes, 16 MB, that a host keeps with a patch */
    OBJECT_SAVED_MAX = 1 << 25 /* bytes, 32 MB, that are copied while it sounds: about 1 ms */
};

/* what a network keeps of the one that it follows */
typedef enum {
    KEEPS_NOTHING,
    KEEPS_WEIGHTS, /* what both shapes have */
    KEEPS_ALL,     /* a copy, of the same shape */
    KEEPS_PLACE,   /* it is the same one, in a row of another length */
    KEEPS_FILE     /* it is what a file holds */
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
    int rate, learn, seed, fade, fixed, kept;
    int multichannel; /* -1: there is none */

    /* [any] */
    double (*high)(const double *values, int which);   /* the most that the others allow */
    void (*follow)(double *values, int preset);        /* -1: the first; NULL: there are none */
    size_t (*bytes)(const double *values);             /* of a network; 0 if it cannot be */
    double (*cells)(const double *values);             /* weights, which its cost goes by */
    void (*shape)(const double *values, char *text);   /* (WORD_TEXT_MAX,) in words */
    int (*asked)(const double *values);                /* outs, where the model does not say */
    void (*tensors)(const double *values, tensors *t); /* t: all 0 before */
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
    /* all of it, in the words of its tensors; heard 0: what it learnt alone */
    void (*take)(const void *net, double *words, int heard);
    int (*put)(void *net, const double *words, int heard); /* -1: they cannot be its own */
    /* [message] What was learnt: 1 if a network of such values can have it; NULL: it always can. */
    int (*accepts)(const double *values, const double *words);
} object_model;

extern const object_model object_autoregnn, object_autoregnn2, object_unlearn;

typedef enum { OBJECT_ERROR, OBJECT_WARNING } object_level;

typedef struct object_writing object_writing; /* a file that is to be written */

/* What a host is to an object. */
typedef struct {
    void (*say)(void *owner, object_level level, const char *text);
    /* a fact: numbers, or one symbol if there is one; a name of NULL: a list */
    void (*tell)(void *owner, const char *name, size_t count, const double *numbers,
                 const char *symbol);
    /* Takes a file that is to be written, where writing would keep sound waiting: to run it on a
     * thread of its own, and then to end it. NULL: files are written where a task ends. */
    void (*aside)(void *owner, object_writing *writing);
    double integer_max; /* the largest integer that its numbers can name */
    char mark;          /* what a setting in a box begins with */
} object_host;

/* the networks of all channels */
typedef struct object_networks {
    struct object_networks *next; /* of those to be freed */
    size_t bytes;                 /* of all */
    int count;
    size_t fade, faded; /* samples */
    void *net[];        /* (count,) */
} object_networks;

typedef struct specml_object object; /* a tag of its own: Max has a struct object */

/* what was learnt, by name: state.h */
typedef struct snapshots {
    struct snapshot **list; /* (count,) sorted by their names, none NULL */
    int count;
} snapshots;
typedef struct object_glide object_glide; /* weights on their way: glide.h */

/* What one thread has prepared and the other carries out. */
typedef struct object_task {
    struct object_task *next; /* the host's: of those that are on their way */
    int redraws;              /* the weights will be others */
    int late;                 /* it will be run twice, and what comes after it waits for that */
    int done;                 /* it has been run */
    void (*run)(object *o, struct object_task *task);                /* [audio] */
    struct object_task *(*end)(object *o, struct object_task *task); /* [message] */
} object_task;

typedef struct {
    double sum, samples;
} object_mean;

typedef struct {
    int channels;
    double *samples; /* (channels, n) */
} object_inlet;

struct specml_object {
    const object_model *model;
    const object_host *host;
    void *owner;
    /* [message] */
    double values[WORDS_MAX]; /* as last told */
    double samplerate;        /* Hz */
    int sounding;             /* 1 while blocks are processed: then networks fade */
    int made;                 /* channels that have a network, once all is run */
    int wide;                 /* channels that will sound */
    size_t told;              /* bytes of the networks that were prepared last */
    size_t each;              /* weights of one of them */
    size_t room, most;        /* bytes and samples of what object_open asked for last */
    int metered;              /* channels that have means */
    snapshots snapshots;
    int glides; /* weights may be on their way */
    /* [audio] */
    double heeded[WORDS_MAX];                   /* values that the networks know */
    object_networks *layers[OBJECT_LAYERS_MAX]; /* the newest last */
    int layered;
    object_inlet in[OBJECT_INLETS_MAX];
    int channels, rows; /* of sound; of out */
    size_t n;
    size_t from, part;   /* samples of a block that are processed in one go */
    object_glide *glide; /* the last one, or NULL */
    double *out, *mixed; /* (rows, n) outlet by outlet, channel by channel */
    double *memory;
    object_mean *means;   /* (channels, errors) since they were last told */
    double busy, sounded; /* seconds in process, and samples, since they were last told */
    /* [any] */
    _Atomic(object_networks *) faded; /* to be freed on the message thread */
};

/* ---- life ---- */

/* [stopped] host: it lives as long as the object. */
void object_init(object *o, const object_model *model, const object_host *host, void *owner,
                 double samplerate);
/* names that a box says beside its settings; NULL where it says none */
typedef struct {
    const char *table; /* of an array */
    const char *file;  /* of a state */
} object_names;
/* [stopped] What the box says: arguments in their order, settings anywhere; without: what the host
 * needs to have multichannel signals, NULL if it has them. Nothing sounds before the first
 * object_channels. */
object_names object_box(object *o, int count, const word_given *given, const char *without);
/* [stopped] 1 if the box asks for what no place without arrays and patches has, and in refusal,
 * (WORD_TEXT_MAX,), what that is; place: with its preposition. */
int object_asks_for_patch(const object *o, const object_names *names, const char *place,
                          char *refusal);
/* [message] The name of an array, or NULL after an error. */
const char *object_read_table(object *o, const word_given *given);
/* [message] The name of a file that `write` or `read` is followed by, or NULL after an error;
 * weights: whether the word follows, NULL if it may not. */
const char *object_read_file(object *o, const char *message, int count, const word_given *given,
                             int *weights);
/* [stopped] */
void object_exit(object *o);

/* ---- tasks: [message] NULL if there is nothing to run, perhaps after an error ---- */

object_task *object_set(object *o, int which, int count, const word_given *given);
object_task *object_reset(object *o);
object_task *object_clear(object *o); /* forgets sound */
object_task *object_bang(object *o);
/* A network for each of so many channels. */
object_task *object_channels(object *o, int channels);
/* What stands between the host and the networks, for blocks of at most n samples. channels: of
 * each inlet; 0: a control holds its value. NULL after an error. */
object_task *object_open(object *o, const int *channels, size_t n, double samplerate);
/* Weights from an index on, all or none. */
object_task *object_set_weights(object *o, int count, const word_given *given);
/* What it says once they are ended. table: the name of an array, or NULL. */
object_task *object_tell_weights(object *o);
object_task *object_report(object *o, const char *table);

/* Snapshots, by name: what was learnt. The last two glide there: see docs/state.md. */
object_task *object_store(object *o, int count, const word_given *given);
object_task *object_recall(object *o, int count, const word_given *given);
object_task *object_morph(object *o, int count, const word_given *given);

/* State files; path: a whole one, in UTF-8. It tells `written` or `read` and the path, or an error.
 * A file is written when the task has ended, from a copy that the audio thread makes at a block
 * boundary; while it sounds such a copy has at most OBJECT_SAVED_MAX bytes. */
object_task *object_save(object *o, const char *path);
/* weights: those alone, into networks of the same shape, which go on sounding */
object_task *object_load(object *o, const char *path, int weights);
/* What was learnt as the bytes of such a file, for a host to keep; once the task has ended,
 * *bytes is to be freed, or NULL after an error. */
object_task *object_pack(object *o, unsigned char **bytes, size_t *count);
object_task *object_unpack(object *o, const unsigned char *bytes, size_t count);

/* A message of any kind, given[0] is its name: all of the above, what it says at once, and files by
 * whole paths. others: messages that the host has beside, for the error; a space before each. */
object_task *object_message(object *o, int count, const word_given *given, const char *others);

void object_run(object *o, object_task *task); /* [audio] */
/* [message] Returns what is to be run next, or NULL. A task that was not run is only freed. */
object_task *object_end(object *o, object_task *task);
void object_collect(object *o);                   /* [message] frees what has faded out */
void object_writing_run(object_writing *writing); /* [any] writes it */
void object_writing_end(object *o, object_writing *writing); /* [message] says how it went */

/* ---- sound ---- */

int object_inlets(const object *o); /* [any] signal inlets: sources, then controls */
/* [audio] One block of n samples, at most what it is open for: what comes in stands in
 * in[k].samples, (channels, n), what comes out will in out. */
void object_process(object *o, size_t n);
int object_outs(const object *o);    /* [message] signals that a network says */
int object_outlets(const object *o); /* [message] signal outlets .. */
int object_width(const object *o);   /* [message] .. and the channels of each */

/* ---- what it says at once: [message] ---- */

int object_voices(const object *o);     /* channels that sound and have a network */
size_t object_weights(const object *o); /* of all of them, one after the other */
void object_get(object *o, const word_given *name);
void object_dump(object *o);
void object_snapshots(object *o); /* how many, and their names */
void object_forget(object *o, int count, const word_given *given);

/* ---- for the files of the object ---- */

/* [any] values: (count,) as they are where nothing is told */
void object_initial(const object_model *model, double *values);
/* [message] Reads a value of at most `high`: 1, or 0 after an error and nothing changed. */
int object_read(object *o, int which, double high, const word_given *given);
/* [message] size: of what begins with a task, all 0 but for it; NULL if memory is short */
void *object_task_new(size_t size, void (*run)(object *, object_task *),
                      object_task *(*end)(object *, object_task *));
/* [message] a copy, to be freed; NULL if memory is short, and of NULL */
char *object_text(const char *text);
/* [message] memory for `count` networks, of which the first `had` stay empty; NULL if it is short
 */
object_networks *networks_make(const object *o, int count, int had);
void networks_init(object *o, const double *values, object_networks *nets); /* [message] */
/* [audio] A word of these values; the rate is 0 while nothing is to be learnt. */
void networks_heed(const object_model *m, const double *values, void *net, int which);
void networks_free(object_networks *nets); /* [message] */
/* [audio] The oldest layers, so many of them, no longer sound: a list that ends in `list`. */
object_networks *networks_drop(object *o, int count, object_networks *list);
/* [audio] the networks that came last, NULL before there are any */
object_networks *object_newest(const object *o);
/* [audio] weights, as many as sound and there is room for, channel by channel; returns how many */
size_t object_get_weights(const object *o, size_t room, double *weights);
int object_set_weight(object *o, size_t index, double value); /* [audio] -1: it cannot be one */

/* ---- what it costs ---- */

double object_seconds(void);                /* [any] since some time */
void object_weigh(object *o, int channels); /* [message] if what it was told is too much */

#endif
