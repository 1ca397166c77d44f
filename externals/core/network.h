/* A feed-forward network with tanh units and one output, that learns by one gradient step at a
 * time.
 *
 * Weights are kept input by input, units as lanes:
 *   layer 1       (size + 1, lanes)    rows oldest sample first, biases in the last row
 *   layers 2..L   (width + 1, lanes)   rows in unit order, biases in the last row
 *   output        (lanes,) weights, then its bias in a block of its own
 * Their canonical order, for arrays, files and random draws, is another: for each layer, for each
 * unit its weights in input order (layer 1: newest sample first), then that layer's biases; then
 * the output's weights, then its bias. */
#ifndef SPECML_NETWORK_H
#define SPECML_NETWORK_H

#include <stddef.h>
#include <stdint.h>

#include "lanes.h"

enum { NETWORK_SIZE_MAX = 1024, NETWORK_WIDTH_MAX = 1024, NETWORK_LAYERS_MAX = 8 };
enum { NETWORK_ABREAST = 4 /* the most that go side by side */, NETWORK_SCALE_MAX = 100 };
/* These keep the growth of weights linear, so that they can never overflow. */
#define SLOPE_MAX 5e5
#define DELTA_MAX 1e12

typedef struct {
    /* settings */
    size_t size;   /* P, inputs, 1..1024 */
    size_t width;  /* H, units in a hidden layer, 1..1024 */
    size_t layers; /* L, hidden layers, 1..8 */
    size_t lanes;  /* H padded to whole blocks of lanes */
    /* weights */
    double *weights; /* (network_weights(..),) as above; padding is 1, the output's 0 */
    /* scratch of one step */
    double *activations; /* (L, lanes) as it learnt */
    double *slopes;      /* (lanes,) how far the output's sum moves with those of the last layer */
    double *deltas;      /* (L, lanes) */
    double delta;        /* of the output */
    double *voice; /* (3, lanes) as it speaks: activations, layers in turn; the output's weights */
} network;

#ifndef _WIN32
#pragma GCC visibility push(hidden) /* no name for hosts */
#endif

int network_fits(int size, int width, int layers);       /* 1 if in range, and the core runs */
uint64_t network_bytes(int size, int width, int layers); /* of arena memory */
/* Its sizes and its memory, still to be cleared. */
void network_lay_out(network *net, int size, int width, int layers, lanes_arena *arena);
void network_draw(network *net, double scale, uint64_t *random); /* initial weights */
/* `to` takes the parameters of `from` that have its layer, unit and input, the output's too. */
void network_keep(network *to, const network *from);

/* Weights of a layer that are too small to be kept become 0. Its padding becomes 1, so that it
 * never is the smallest; that of the output stays 0, so that nothing of it is heard. */
void network_settle(const network *net, size_t layer);

size_t network_count(const network *net);                    /* parameters */
int network_accepts(const double *parameters, size_t count); /* 1 if all within +-2^500 */
/* (count,) in canonical order */
void network_get_parameters(const network *net, double *parameters);
void network_set_parameters(network *net, const double *parameters);
void network_set_parameter(network *net, size_t index, double value);

#ifndef _WIN32
#pragma GCC visibility pop
#endif

/* what one step's decay leaves of a weight */
static inline double network_decay(double lr, double ridge)
{
    const double kept = 1.0 - lr * ridge;
    return kept > 0.0 ? kept : 0.0;
}

/* where in weights a layer's rows begin; layer L is the output */
static inline size_t network_begin(const network *net, size_t layer)
{
    const size_t rows = layer == 0 ? 0 : (net->size + 1) + (layer - 1) * (net->width + 1);
    return rows * net->lanes;
}

static inline double *network_layer(const network *net, size_t layer)
{
    return net->weights + network_begin(net, layer);
}

/* doubles in weights */
static inline size_t network_weights(const network *net)
{
    return network_begin(net, net->layers) + net->lanes + LANES;
}

/* rows of weights in a layer, without its biases */
static inline size_t network_rows(const network *net, size_t layer)
{
    return layer == 0 ? net->size : net->width;
}

#endif
