/* The two passes over a network's weights, inlined into the sample loops that use them. */
#ifndef SPECML_NETWORK_STEPS_H
#define SPECML_NETWORK_STEPS_H

#include "elementary.h"
#include "finite.h"
#include "network.h"

#define DELTA_MAX 1e12 /* keeps the growth of weights linear, so that they can never overflow */

/* z = bias + sum of rows times inputs, first row first, for `count` vectors of units; they stand
 * side by side in registers, because each alone would wait for its own last sum.
 * w: (rows + 1, lanes), x: (rows,), z: (lanes,), each from the first of these units on */
static inline __attribute__((always_inline)) void weigh(const double *w, size_t rows, size_t lanes,
                                                        const double *x, double *z, const int count)
{
    vector sum[8];
    for (int v = 0; v < count; ++v) sum[v] = vector_load(w + rows * lanes + v * VECTOR);
    for (size_t row = 0; row < rows; ++row)
        for (int v = 0; v < count; ++v)
            sum[v] += vector_load(w + row * lanes + v * VECTOR) * x[row];
    for (int v = 0; v < count; ++v) vector_store(z + v * VECTOR, sum[v]);
}

/* a = tanh(z), z as above for all units */
static inline void layer_forward(const double *w, size_t rows, size_t lanes, const double *x,
                                 double *a)
{
    size_t unit = 0;
    for (; unit + 8 * VECTOR <= lanes; unit += 8 * VECTOR)
        weigh(w + unit, rows, lanes, x, a + unit, 8);
    for (; unit + 4 * VECTOR <= lanes; unit += 4 * VECTOR)
        weigh(w + unit, rows, lanes, x, a + unit, 4);
    for (; unit + 2 * VECTOR <= lanes; unit += 2 * VECTOR)
        weigh(w + unit, rows, lanes, x, a + unit, 2);
    for (; unit < lanes; unit += VECTOR) weigh(w + unit, rows, lanes, x, a + unit, 1);
    elementary_tanh_row(a, lanes);
    for (unit = 0; unit < lanes; unit += VECTOR)
        vector_store(a + unit, finite_state_vector(vector_load(a + unit)));
}

/* The prediction in (-1, 1) from x, (size,) oldest sample first. */
static inline double network_forward(network *net, const double *x)
{
    const double *input = x;
    for (size_t layer = 0; layer < net->layers; ++layer) {
        double *a = net->activations + layer * net->lanes;
        layer_forward(network_layer(net, layer), network_rows(net, layer), net->lanes, input, a);
        input = a;
    }
    const double *wo = network_layer(net, net->layers);
    return elementary_tanh(wo[net->lanes] + lanes_dot(wo, input, net->lanes));
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
    const size_t lanes = net->lanes, last = net->layers - 1;
    const double *wo = network_layer(net, net->layers), *a = net->activations + last * lanes;
    double *delta = net->deltas + last * lanes;
    for (size_t i = 0; i < lanes; ++i) delta[i] = delta_of(wo[i] * delta_out, a[i]);
    for (size_t layer = last; layer > 0; --layer) {
        const double *w = network_layer(net, layer), *above = net->deltas + layer * lanes;
        a = net->activations + (layer - 1) * lanes;
        delta = net->deltas + (layer - 1) * lanes;
        for (size_t k = 0; k < net->width; ++k)
            delta[k] = delta_of(lanes_dot(w + k * lanes, above, lanes), a[k]);
    }
}

/* w = keep w - step x over one row, (lanes,) */
static inline void row_step(double *w, double keep, const double *step, double x, size_t lanes)
{
    for (size_t unit = 0; unit < lanes; unit += VECTOR) {
        const vector stepped = keep * vector_load(w + unit) - vector_load(step + unit) * x;
        vector_store(w + unit, finite_state_vector(stepped));
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

    const size_t lanes = net->lanes;
    const double *input = x;
    for (size_t layer = 0; layer < net->layers; ++layer) {
        const size_t rows = network_rows(net, layer);
        double *w = network_layer(net, layer), *step = net->deltas + layer * lanes;
        for (size_t unit = 0; unit < lanes; unit += VECTOR)
            vector_store(step + unit, lr * vector_load(step + unit));
        for (size_t row = 0; row < rows; ++row)
            row_step(w + row * lanes, keep, step, input[row], lanes);
        row_step(w + rows * lanes, 1.0, step, 1.0, lanes); /* biases do not decay */
        input = net->activations + layer * lanes;
    }
    double *wo = network_layer(net, net->layers), *bo = wo + lanes;
    const double step = lr * delta_out;
    row_step(wo, keep, input, step, lanes);
    *bo = finite_state(*bo - step);
    return error;
}

/* net = (1 - mix) first + mix second, parameter by parameter; same shapes */
static inline void network_mix(network *net, const network *first, const network *second,
                               double mix)
{
    const size_t count = network_weights(net);
    const double rest = 1.0 - mix;
    for (size_t i = 0; i < count; i += VECTOR)
        vector_store(net->weights + i, rest * vector_load(first->weights + i) +
                                           mix * vector_load(second->weights + i));
}

#endif
