/* AutoRegNN: a feed-forward network that predicts the next sample from the ones before and learns
 * from each miss, one gradient step a sample, while it sounds.
 * Source: L. Doebereiner and D. Pirro, "Speculative Machine Learning in Sound Synthesis", SMC 2024.
 *
 *     autoregnn *net = malloc(autoregnn_bytes(12, 8, 1));
 *     autoregnn_init(net, 12, 8, 1, seed, scale);
 *     autoregnn_process(net, n, in, NULL, out, error);
 * What comes out does not depend on how the stream is cut. Memory and [threads]: see specml.h. */
#ifndef SPECML_AUTOREGNN_H
#define SPECML_AUTOREGNN_H

#include "specml.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { AUTOREGNN_AUTOREG, AUTOREGNN_LR, AUTOREGNN_RIDGE, AUTOREGNN_TEACHER, AUTOREGNN_CONTROLS };
extern const specml_control autoregnn_controls[AUTOREGNN_CONTROLS];

enum {
    AUTOREGNN_SIZE_MAX = 1024,
    AUTOREGNN_WIDTH_MAX = 1024,
    AUTOREGNN_LAYERS_MAX = 8,
    AUTOREGNN_SCALE_MAX = 100,
    AUTOREGNN_ABREAST = 4 /* the most streams that go side by side */
};

typedef struct autoregnn autoregnn; /* what is in it: autoregnn_inside.h */

/* ---- to make one ---- */

/* [any] Bytes to hand to init or copy; 0 if a size is out of range. */
size_t autoregnn_bytes(int size, int width, int layers);
/* [message] 0, or -1 and nothing written if a size is out of range. */
int autoregnn_init(autoregnn *net, int size, int width, int layers, uint64_t seed, double scale);
/* [message] `to` becomes a second `from`: memory for its shape, whatever was in it. From then on
 * both go on by themselves. */
void autoregnn_copy(autoregnn *to, const autoregnn *from);
/* [audio] What a new shape keeps of an old one: the controls, the count of samples, and the
 * parameters of the same layer, unit and input; what `to` has beyond stays as it is. */
void autoregnn_keep(autoregnn *to, const autoregnn *from);
/* [message] New weights; forgets sound. */
void autoregnn_reset(autoregnn *net, uint64_t seed);
/* [audio] Forgets sound and the count of repaired samples, keeps weights. */
void autoregnn_clear(autoregnn *net);

/* ---- to set it: clamped to the range; 0, or -1 and nothing changed if the value is not finite or
 * there is no such control ---- */

/* [audio] What a control holds; it is so at once, until a signal says otherwise. */
int autoregnn_set(autoregnn *net, int which, double value);
/* [audio] Of the initial weights of the next reset, 0..100. */
int autoregnn_set_scale(autoregnn *net, double scale);

/* ---- sound ---- */

/* [audio] in, out, error: (n,). signals: a pointer to (n,) for each control, NULL for one that
 * holds its value; or NULL. Outputs may be any of the inputs' arrays; error may be NULL. */
void autoregnn_process(autoregnn *net, size_t n, const double *in, const double *const *signals,
                       double *out, double *error);

typedef struct autoregnn_stream {
    autoregnn *net;
    const double *in;
    const double *const *signals;
    double *out, *error;
} autoregnn_stream;
/* [audio] Several at once: the bits of each alone, but sooner, for up to four small ones of one
 * shape go side by side. No output may be an input of another stream. */
void autoregnn_process_many(const autoregnn_stream *streams, size_t count, size_t n);

/* ---- to read it ---- */

int autoregnn_size(const autoregnn *net);               /* [any] */
int autoregnn_width(const autoregnn *net);              /* [any] */
int autoregnn_layers(const autoregnn *net);             /* [any] */
size_t autoregnn_count(const autoregnn *net);           /* [any] parameters */
double autoregnn_held(const autoregnn *net, int which); /* [audio] NaN for no control */
double autoregnn_now(const autoregnn *net, int which);  /* [audio] the same */
double autoregnn_scale(const autoregnn *net);           /* [audio] */
uint64_t autoregnn_clipped(const autoregnn *net);       /* [audio] input samples repaired */
uint64_t autoregnn_samples(const autoregnn *net);       /* [audio] since its weights were drawn */
/* [message] (count,) in canonical order */
void autoregnn_get_parameters(const autoregnn *net, double *parameters);
/* [message] The last input and output samples, (size,) each, newest first. */
void autoregnn_get_past(const autoregnn *net, double *in, double *out);

/* ---- to write what it learnt and remembers: 0, or -1 and nothing written. All of it, written into
 * a model of the same shape, makes an equal one. ---- */

/* [message] -1: one is not finite or beyond +-2^500. */
int autoregnn_set_parameters(autoregnn *net, const double *parameters);
/* [audio] -1: the same, or no such index. */
int autoregnn_set_parameter(autoregnn *net, size_t index, double value);
/* [message] As they are read; -1: an input beyond +-1e6, an output beyond +-1, one not finite. */
int autoregnn_set_past(autoregnn *net, const double *in, const double *out);
/* [audio] What a control is now, as if a signal had said so; -1 as in autoregnn_set. */
int autoregnn_set_now(autoregnn *net, int which, double value);
/* [audio] */
void autoregnn_set_clipped(autoregnn *net, uint64_t clipped);
/* [audio] */
void autoregnn_set_samples(autoregnn *net, uint64_t samples);

#ifdef __cplusplus
}
#endif

#endif
