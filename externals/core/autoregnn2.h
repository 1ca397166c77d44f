/* AutoRegNN2: two networks of one shape, each learning its own input against one common past
 * output; what speaks is a mixture of their parameters.
 * Source: L. Doebereiner and D. Pirro, "Speculative Machine Learning in Sound Synthesis", SMC 2024.
 *
 * Memory, cutting and aliasing as in autoregnn.h. */
#ifndef SPECML_AUTOREGNN2_H
#define SPECML_AUTOREGNN2_H

#include "controls.h"
#include "network.h"
#include "past.h"

enum {
    AUTOREGNN2_MIX,
    AUTOREGNN2_LR,
    AUTOREGNN2_RIDGE,
    AUTOREGNN2_AUTOREG,
    AUTOREGNN2_TEACHER,
    AUTOREGNN2_CONTROLS
};
extern const control autoregnn2_controls[AUTOREGNN2_CONTROLS];

typedef struct autoregnn2 {
    /* settings */
    double scale;                         /* of the next initial weights, 0..100 */
    double controls[AUTOREGNN2_CONTROLS]; /* the values they hold */
    /* weights */
    network net[2];
    /* state */
    past in[2];       /* (size,) */
    past out;         /* (size,) */
    uint64_t clipped; /* input samples repaired so far, both inputs together */
    /* scratch of one step */
    double *spoken;    /* (size,) the past it speaks from, oldest first */
    double *taught[2]; /* (size,) the past that each network learns from, oldest first */
} autoregnn2;

/* Bytes to hand to init; 0 if a size is out of range. */
size_t autoregnn2_bytes(int size, int width, int layers);
/* 0, or -1 and nothing written if a size is out of range. */
int autoregnn2_init(autoregnn2 *pair, int size, int width, int layers, uint64_t seed, double scale);
void autoregnn2_reset(autoregnn2 *pair, uint64_t seed); /* new weights, forgets sound */
void autoregnn2_clear(autoregnn2 *pair);                /* forgets sound, keeps weights */

/* Values are clamped to their range; one that is not finite is ignored. */
void autoregnn2_set_scale(autoregnn2 *pair, double scale);      /* at the next reset */
void autoregnn2_set(autoregnn2 *pair, int which, double value); /* one of the controls */

/* in1, in2, out, error1, error2: (n,). signals: a pointer to (n,) for each control, NULL for one
 * that holds its value; or NULL. Outputs may be any of the inputs' arrays; errors may be NULL. */
void autoregnn2_process(autoregnn2 *pair, size_t n, const double *in1, const double *in2,
                        const double *const *signals, double *out, double *error1, double *error2);

size_t autoregnn2_count(const autoregnn2 *pair); /* parameters of both: 2 x one network's */
/* (count,) in canonical order, the first network's, then the second's */
void autoregnn2_get_parameters(const autoregnn2 *pair, double *parameters);
/* 0, or -1 and nothing written: a value not finite or beyond +-2^500, or no such index. */
int autoregnn2_set_parameters(autoregnn2 *pair, const double *parameters);
int autoregnn2_set_parameter(autoregnn2 *pair, size_t index, double value);
/* The last input and output samples, (size,) each, newest first. */
void autoregnn2_get_past(const autoregnn2 *pair, double *in1, double *in2, double *out);
uint64_t autoregnn2_clipped(const autoregnn2 *pair);

#endif
