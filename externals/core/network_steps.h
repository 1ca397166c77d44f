/* The two passes over a network's weights, inlined into the sample loops that use them. */
#ifndef SPECML_NETWORK_STEPS_H
#define SPECML_NETWORK_STEPS_H

#include "elementary.h"
#include "finite.h"
#include "network.h"

#define DELTA_MAX 1e12 /* keeps the growth of weights linear, so that they can never overflow */

/* a = tanh(b + sum of rows times inputs), first row first; w: (rows + 1, blocks), x: (rows,) */
static inline void layer_forward(const lanes *w, size_t rows, size_t blocks, const double *x,
                                 lanes *a)
{
    for (size_t b = 0; b < blocks; ++b) {
        lanes z = w[rows * blocks + b];
        for (size_t row = 0; row < rows; ++row) z += w[row * blocks + b] * x[row];
        a[b] = finite_state_lanes(elementary_tanh_lanes(z));
    }
}

/* The prediction in (-1, 1) from x, (size,) oldest sample first. */
static inline double network_forward(network *net, const double *x)
{
    const double *input = x;
    for (size_t layer = 0; layer < net->layers; ++layer) {
        lanes *a = net->activations + layer * net->blocks;
        layer_forward(network_layer(net, layer), network_rows(net, layer), net->blocks, input, a);
        input = (const double *)a;
    }
    const lanes *wo = network_layer(net, net->layers);
    return elementary_tanh(wo[net->blocks][0] + lanes_dot(wo, (const lanes *)input, net->blocks));
}

/* delta = (error that reaches the unit) times tanh', kept finite */
static inline double delta_of(double reached, double activation)
{
    const double delta = reached * (1.0 - activation * activation);
    return finite_clamp(finite_state(delta), -DELTA_MAX, DELTA_MAX);
}

/* errors carried back from the output to every hidden unit, through the weights before the step */
static inline void network_backward(network *net, double delta_out)
{
    const size_t blocks = net->blocks, units = blocks * LANES, last = net->layers - 1;
    const double *wo = (const double *)network_layer(net, net->layers);
    double *delta = (double *)net->deltas + last * units;
    const double *a = (const double *)net->activations + last * units;
    for (size_t i = 0; i < units; ++i) delta[i] = delta_of(wo[i] * delta_out, a[i]);
    for (size_t layer = last; layer > 0; --layer) {
        const lanes *w = network_layer(net, layer), *above = net->deltas + layer * blocks;
        delta = (double *)net->deltas + (layer - 1) * units;
        a = (const double *)net->activations + (layer - 1) * units;
        for (size_t k = 0; k < net->width; ++k)
            delta[k] = delta_of(lanes_dot(w + k * blocks, above, blocks), a[k]);
    }
}

/* w = keep w - lr delta x, biases without decay; w: (rows + 1, blocks), delta: (blocks,) */
static inline void layer_step(lanes *w, size_t rows, size_t blocks, const double *x, double keep,
                              const lanes *delta, double lr)
{
    for (size_t b = 0; b < blocks; ++b) {
        const lanes step = lr * delta[b];
        for (size_t row = 0; row < rows; ++row) {
            lanes *weights = w + row * blocks + b;
            *weights = finite_state_lanes(keep * *weights - step * x[row]);
        }
        lanes *bias = w + rows * blocks + b;
        *bias = finite_state_lanes(*bias - step);
    }
}

/* One gradient step on e^2 / 2 with e = prediction - target; returns e. */
static inline double network_learn(network *net, const double *x, double target, double lr,
                                   double ridge)
{
    const double y = network_forward(net, x);
    const double error = finite_output(y - target);
    const double decayed = 1.0 - lr * ridge, keep = decayed > 0.0 ? decayed : 0.0;
    const double delta_out = delta_of(error, y);
    network_backward(net, delta_out);

    const size_t blocks = net->blocks;
    const double *input = x;
    for (size_t layer = 0; layer < net->layers; ++layer) {
        layer_step(network_layer(net, layer), network_rows(net, layer), blocks, input, keep,
                   net->deltas + layer * blocks, lr);
        input = (const double *)(net->activations + layer * blocks);
    }
    lanes *wo = network_layer(net, net->layers), *bo = wo + blocks;
    const lanes *a = (const lanes *)input;
    const double step = lr * delta_out;
    for (size_t b = 0; b < blocks; ++b) wo[b] = finite_state_lanes(keep * wo[b] - step * a[b]);
    (*bo)[0] = finite_state((*bo)[0] - step);
    return error;
}

/* net = (1 - mix) first + mix second, parameter by parameter; same shapes */
static inline void network_mix(network *net, const network *first, const network *second,
                               double mix)
{
    const size_t blocks = network_blocks(net);
    const double rest = 1.0 - mix;
    for (size_t b = 0; b < blocks; ++b)
        net->weights[b] = rest * first->weights[b] + mix * second->weights[b];
}

#endif
