/* AutoRegNN: a feed-forward network that predicts the next sample from the ones before and learns
 * from each miss, one gradient step a sample, while it sounds.
 * Source: L. Doebereiner and D. Pirro, "Speculative Machine Learning in Sound Synthesis", SMC 2024.
 *
 * The caller hands in the memory:
 *     autoregnn *net = malloc(autoregnn_bytes(12, 8, 1));
 *     autoregnn_init(net, 12, 8, 1, seed, scale);
 *     autoregnn_process(net, n, in, NULL, out, error);
 * Nothing here allocates, locks, prints or depends on how the stream is cut. */
#ifndef SPECML_AUTOREGNN_H
#define SPECML_AUTOREGNN_H

#include "controls.h"
#include "network.h"
#include "past.h"

enum { AUTOREGNN_AUTOREG, AUTOREGNN_LR, AUTOREGNN_RIDGE, AUTOREGNN_TEACHER, AUTOREGNN_CONTROLS };
extern const control autoregnn_controls[AUTOREGNN_CONTROLS];

typedef struct autoregnn {
    /* settings */
    double scale;                        /* of the next initial weights, 0..100 */
    double controls[AUTOREGNN_CONTROLS]; /* the values they hold */
    /* weights */
    network net;
    /* state */
    past in;          /* (size,) */
    past out;         /* (size,) */
    uint64_t clipped; /* input samples repaired so far */
    /* scratch of one step */
    double *spoken; /* (size,) the past it speaks from, oldest first */
    double *taught; /* (size,) the past it learns from, oldest first */
} autoregnn;

/* Bytes to hand to init; 0 if a size is out of range. */
size_t autoregnn_bytes(int size, int width, int layers);
/* 0, or -1 and nothing written if a size is out of range. */
int autoregnn_init(autoregnn *net, int size, int width, int layers, uint64_t seed, double scale);
void autoregnn_reset(autoregnn *net, uint64_t seed); /* new weights, forgets sound */
void autoregnn_clear(autoregnn *net);                /* forgets sound, keeps weights */

/* Values are clamped to their range; one that is not finite is ignored. */
void autoregnn_set_scale(autoregnn *net, double scale);      /* at the next reset */
void autoregnn_set(autoregnn *net, int which, double value); /* one of the controls */

/* in, out, error: (n,). signals: a pointer to (n,) for each control, NULL for one that holds its
 * value; or NULL. Outputs may be any of the inputs' arrays; error may be NULL. */
void autoregnn_process(autoregnn *net, size_t n, const double *in, const double *const *signals,
                       double *out, double *error);

/* Several at once: the bits of each alone, but sooner, for up to four small ones of one shape go
 * side by side. No output may be an input of another stream. */
typedef struct {
    autoregnn *net;
    const double *in;
    const double *const *signals;
    double *out, *error;
} autoregnn_stream;
void autoregnn_process_many(const autoregnn_stream *streams, size_t count, size_t n);

size_t autoregnn_count(const autoregnn *net); /* parameters */
/* (count,) in canonical order */
void autoregnn_get_parameters(const autoregnn *net, double *parameters);
/* 0, or -1 and nothing written: a value not finite or beyond +-2^500, or no such index. */
int autoregnn_set_parameters(autoregnn *net, const double *parameters);
int autoregnn_set_parameter(autoregnn *net, size_t index, double value);
/* The last input and output samples, (size,) each, newest first. */
void autoregnn_get_past(const autoregnn *net, double *in, double *out);
uint64_t autoregnn_clipped(const autoregnn *net);

#endif
