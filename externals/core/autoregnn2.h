/* AutoRegNN2: two networks of one shape, each learning its own input against one common past
 * output; what speaks is a mixture of their parameters.
 * Source: L. Doebereiner and D. Pirro, "Speculative Machine Learning in Sound Synthesis", SMC 2024.
 *
 * What comes out does not depend on how the stream is cut. Memory and [threads]: see specml.h. */
#ifndef SPECML_AUTOREGNN2_H
#define SPECML_AUTOREGNN2_H

#include "specml.h"

#ifdef __cplusplus
extern "C" {
#endif

enum {
    AUTOREGNN2_MIX,
    AUTOREGNN2_LR,
    AUTOREGNN2_RIDGE,
    AUTOREGNN2_AUTOREG,
    AUTOREGNN2_TEACHER,
    AUTOREGNN2_CONTROLS
};
extern const specml_control autoregnn2_controls[AUTOREGNN2_CONTROLS];

enum {
    AUTOREGNN2_SIZE_MAX = 1024,
    AUTOREGNN2_WIDTH_MAX = 1024,
    AUTOREGNN2_LAYERS_MAX = 8,
    AUTOREGNN2_SCALE_MAX = 100
};

typedef struct autoregnn2 autoregnn2; /* what is in it: autoregnn2_inside.h */

/* ---- to make one, as in autoregnn.h ---- */

size_t autoregnn2_bytes(int size, int width, int layers); /* [any] */
/* [message] 0, or -1 and nothing written if a size is out of range. */
int autoregnn2_init(autoregnn2 *pair, int size, int width, int layers, uint64_t seed, double scale);
/* [message] `to`: memory for the shape of `from`. */
void autoregnn2_copy(autoregnn2 *to, const autoregnn2 *from);
/* [audio] Controls, and of each network the parameters that both shapes have. */
void autoregnn2_keep(autoregnn2 *to, const autoregnn2 *from);
void autoregnn2_reset(autoregnn2 *pair, uint64_t seed); /* [message] */
void autoregnn2_clear(autoregnn2 *pair);                /* [audio] */

/* ---- to set it: clamped to the range; 0, or -1 and nothing changed if the value is not finite or
 * there is no such control ---- */

int autoregnn2_set(autoregnn2 *pair, int which, double value); /* [audio] what a control holds */
int autoregnn2_set_scale(autoregnn2 *pair, double scale);      /* [audio] at the next reset */

/* ---- sound ---- */

/* [audio] in1, in2, out, error1, error2: (n,). signals: a pointer to (n,) for each control, NULL
 * for one that holds its value; or NULL. Outputs may be any of the inputs' arrays; errors may be
 * NULL. */
void autoregnn2_process(autoregnn2 *pair, size_t n, const double *in1, const double *in2,
                        const double *const *signals, double *out, double *error1, double *error2);

/* ---- to read it ---- */

int autoregnn2_size(const autoregnn2 *pair);               /* [any] */
int autoregnn2_width(const autoregnn2 *pair);              /* [any] */
int autoregnn2_layers(const autoregnn2 *pair);             /* [any] */
size_t autoregnn2_count(const autoregnn2 *pair);           /* [any] parameters of both networks */
double autoregnn2_held(const autoregnn2 *pair, int which); /* [audio] NaN for no control */
double autoregnn2_now(const autoregnn2 *pair, int which);  /* [audio] the same */
double autoregnn2_scale(const autoregnn2 *pair);           /* [audio] */
uint64_t autoregnn2_clipped(const autoregnn2 *pair);       /* [audio] of both inputs together */
uint64_t autoregnn2_samples(const autoregnn2 *pair);       /* [audio] since weights were drawn */
/* [message] (count,) in canonical order, the first network's, then the second's */
void autoregnn2_get_parameters(const autoregnn2 *pair, double *parameters);
/* [message] The last input and output samples, (size,) each, newest first. */
void autoregnn2_get_past(const autoregnn2 *pair, double *in1, double *in2, double *out);

/* ---- to write what it learnt and remembers, as in autoregnn.h ---- */

int autoregnn2_set_parameters(autoregnn2 *pair, const double *parameters);  /* [message] */
int autoregnn2_set_parameter(autoregnn2 *pair, size_t index, double value); /* [audio] */
int autoregnn2_set_past(autoregnn2 *pair, const double *in1, const double *in2,
                        const double *out);                        /* [message] */
int autoregnn2_set_now(autoregnn2 *pair, int which, double value); /* [audio] */
void autoregnn2_set_clipped(autoregnn2 *pair, uint64_t clipped);   /* [audio] */
void autoregnn2_set_samples(autoregnn2 *pair, uint64_t samples);   /* [audio] */

#ifdef __cplusplus
}
#endif

#endif
