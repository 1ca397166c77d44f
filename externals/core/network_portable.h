/* The network in plain C: nothing but arithmetic, unit by unit and weight by weight, to be read
 * first, beside network.py. The fast loops (network_learn.h, network_speak.h, network_narrow.h) do
 * the same operations in another order of time, and the tests hold them to the same bits. */
#ifndef SPECML_NETWORK_PORTABLE_H
#define SPECML_NETWORK_PORTABLE_H

#include "elementary.h"
#include "finite.h"
#include "network.h"

/* what speaks: a network, or a mixture of two of one shape */
typedef struct {
    const network *net[2];
    int nets;
    double share[2];
} portable_voice;

static inline double portable_weight(const portable_voice *v, size_t at)
{
    if (v->nets == 1) return v->net[0]->weights[at];
    return v->share[0] * v->net[0]->weights[at] + v->share[1] * v->net[1]->weights[at];
}

/* the sum of x times y, (lanes,) each: blocks of eight in order, then a tree */
static inline double portable_dot(const double *x, const double *y, size_t lanes)
{
    double a[LANES];
    for (size_t i = 0; i < LANES; ++i) a[i] = x[i] * y[i];
    for (size_t i = LANES; i < lanes; ++i) a[i % LANES] += x[i] * y[i];
    return ((a[0] + a[4]) + (a[2] + a[6])) + ((a[1] + a[5]) + (a[3] + a[7]));
}

/* the prediction in (-1, 1) from x, (size,) oldest sample first; a: (layers, lanes) of scratch */
static inline double portable_forward(const portable_voice *v, const double *x, double *a)
{
    const network *net = v->net[0];
    const size_t lanes = net->lanes;
    size_t at = 0; /* where the layer's weights begin */
    for (size_t layer = 0; layer < net->layers; ++layer, x = a, a += lanes) {
        const size_t rows = network_rows(net, layer);
        for (size_t unit = 0; unit < net->width; ++unit) {
            double z = portable_weight(v, at + rows * lanes + unit);
            for (size_t row = 0; row < rows; ++row)
                z += portable_weight(v, at + row * lanes + unit) * x[row];
            a[unit] = finite_state(elementary_tanh(z));
        }
        at += (rows + 1) * lanes;
    }
    double *out = net->voice;
    for (size_t unit = 0; unit < lanes; ++unit) out[unit] = portable_weight(v, at + unit);
    return elementary_tanh(portable_weight(v, at + lanes) + portable_dot(out, x, lanes));
}

/* w = keep w - step x for a layer, its biases without decay; step: (lanes,) */
static inline void portable_step(double *w, size_t rows, size_t lanes, const double *x, double keep,
                                 const double *step)
{
    for (size_t row = 0; row < rows; ++row)
        for (size_t unit = 0; unit < lanes; ++unit)
            w[row * lanes + unit] = keep * w[row * lanes + unit] - step[unit] * x[row];
    for (size_t unit = 0; unit < lanes; ++unit) w[rows * lanes + unit] -= step[unit];
}

/* One gradient step on e^2 / 2 with e = prediction - target; returns e. */
static inline double portable_learn(network *net, const double *x, double target, double lr,
                                    double keep)
{
    const size_t lanes = net->lanes, last = net->layers - 1;
    double *a = net->activations, *wo = network_layer(net, net->layers);
    const double y = portable_forward(&(portable_voice){.net = {net}, .nets = 1}, x, a);
    const double error = finite_output(y - target), delta_out = error * (1.0 - y * y);
    /* back: what each unit's sum must give way, through the weights before the step */
    double *delta = net->deltas, *step = net->voice;
    for (size_t unit = 0; unit < lanes; ++unit) {
        const double s = a[last * lanes + unit], slope = wo[unit] * (1.0 - s * s);
        net->slopes[unit] = finite_clamp(slope, -SLOPE_MAX, SLOPE_MAX);
        delta[last * lanes + unit] = delta_out * net->slopes[unit];
    }
    for (size_t layer = last; layer > 0; --layer)
        for (size_t unit = 0; unit < net->width; ++unit) {
            const double *w = network_layer(net, layer) + unit * lanes;
            const double reached = portable_dot(w, delta + layer * lanes, lanes);
            const double s = a[(layer - 1) * lanes + unit];
            delta[(layer - 1) * lanes + unit] =
                finite_clamp(finite_state(reached * (1.0 - s * s)), -DELTA_MAX, DELTA_MAX);
        }
    /* forth: every layer steps, then the output */
    for (size_t layer = 0; layer <= last; ++layer, x = a, a += lanes) {
        for (size_t unit = 0; unit < lanes; ++unit)
            step[unit] = layer == last ? delta_out * (lr * net->slopes[unit])
                                       : lr * delta[layer * lanes + unit];
        portable_step(network_layer(net, layer), network_rows(net, layer), lanes, x, keep, step);
    }
    for (size_t unit = 0; unit < lanes; ++unit)
        wo[unit] = keep * wo[unit] - lr * delta_out * x[unit];
    wo[lanes] -= lr * delta_out;
    return error;
}

/* weights that are too small to be kept go, once they have spoken */
static inline void portable_settle(network *net)
{
    const size_t count = network_weights(net);
    for (size_t i = 0; i < count; ++i) net->weights[i] = finite_state(net->weights[i]);
}

#endif
