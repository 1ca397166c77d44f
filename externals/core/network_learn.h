/* The pass in which a network learns: forward to a prediction, and its error back to every unit.
 * Inlined into the sample loops. */
#ifndef SPECML_NETWORK_LEARN_H
#define SPECML_NETWORK_LEARN_H

#include "elementary_vector.h"
#include "finite.h"
#include "network.h"

/* z = bias + sum of rows times inputs, first row first, for `count` vectors of units; they stand
 * side by side in registers, because each alone would wait for its own last sum.
 * w: (rows + 1, lanes), x: (rows,), z: (lanes,), each from the first of these units on */
static inline __attribute__((always_inline)) void
weigh_some(const double *w, size_t rows, size_t lanes, const double *x, double *z, const int count)
{
    vector sum[8];
    for (int v = 0; v < count; ++v) sum[v] = vector_load(w + rows * lanes + v * VECTOR);
    for (size_t row = 0; row < rows; ++row)
        for (int v = 0; v < count; ++v)
            sum[v] += vector_load(w + row * lanes + v * VECTOR) * x[row];
    for (int v = 0; v < count; ++v) vector_store(z + v * VECTOR, sum[v]);
}

/* the same for all units, up to eight vectors at a time */
static inline __attribute__((always_inline)) void weigh(const double *w, size_t rows, size_t lanes,
                                                        const double *x, double *z)
{
    size_t unit = 0;
    for (; unit + 8 * VECTOR <= lanes; unit += 8 * VECTOR)
        weigh_some(w + unit, rows, lanes, x, z + unit, 8);
    for (; VECTOR > 2 && unit + 4 * VECTOR <= lanes; unit += 4 * VECTOR)
        weigh_some(w + unit, rows, lanes, x, z + unit, 4);
    for (; unit < lanes; unit += LANES)
        weigh_some(w + unit, rows, lanes, x, z + unit, LANES / VECTOR);
}

/* what stays of tanh of a row of sums, (lanes,), in place */
static inline void activate(double *a, size_t lanes)
{
    for (size_t block = 0; block < lanes; block += LANES) {
        chunk x[LANES / CHUNK];
        for (size_t q = 0; q < LANES / CHUNK; ++q) x[q] = chunk_load(a + block + q * CHUNK);
        elementary_tanh_chunks(x, LANES / CHUNK, SPECML_STATE_MIN);
        for (size_t q = 0; q < LANES / CHUNK; ++q) chunk_store(a + block + q * CHUNK, x[q]);
    }
}

/* The predictions y in (-1, 1) of `nets` networks of one shape from x, (size,) oldest sample first.
 * They go through each layer side by side, because each alone would wait for its own tanh. */
static inline __attribute__((always_inline)) void
network_forward(network *const net[], const double *const x[], double y[], const int nets)
{
    const network *shape = net[0];
    const size_t lanes = shape->lanes;
    const double *input[NETWORK_ABREAST];
    for (int k = 0; k < nets; ++k) input[k] = x[k];
    for (size_t layer = 0; layer < shape->layers; ++layer) {
        const size_t rows = network_rows(shape, layer);
        for (int k = 0; k < nets; ++k) {
            double *z = net[k]->activations + layer * lanes;
            weigh(network_layer(net[k], layer), rows, lanes, input[k], z);
            input[k] = z;
        }
        for (int k = 0; k < nets; ++k) activate(net[k]->activations + layer * lanes, lanes);
    }
    for (int k = 0; k < nets; ++k) {
        const double *wo = network_layer(net[k], shape->layers);
        y[k] = elementary_tanh_one(wo[lanes] + lanes_dot(wo, input[k], lanes), 0.0);
    }
}

/* delta = (error that reaches the unit of a lower layer) times tanh', kept finite */
static inline double delta_of(double reached, double activation)
{
    const double delta = reached * (1.0 - activation * activation);
    return finite_clamp(finite_state(delta), -DELTA_MAX, DELTA_MAX);
}

/* errors carried back from the output to every hidden unit, through the weights before the step */
static inline void network_backward(network *net)
{
    const size_t lanes = net->lanes, last = net->layers - 1;
    const double *wo = network_layer(net, net->layers), *a = net->activations + last * lanes;
    double *delta = net->deltas + last * lanes;
    for (size_t unit = 0; unit < lanes; unit += VECTOR) {
        const vector x = vector_load(a + unit);
        const vector slope = vector_clamp(vector_load(wo + unit) * (1.0 - x * x), SLOPE_MAX);
        vector_store(net->slopes + unit, slope);
        if (last > 0) vector_store(delta + unit, net->delta * slope);
    }
    for (size_t layer = last; layer > 0; --layer) {
        const double *w = network_layer(net, layer), *above = net->deltas + layer * lanes;
        a = net->activations + (layer - 1) * lanes;
        delta = net->deltas + (layer - 1) * lanes;
        for (size_t k = 0; k < net->width; ++k)
            delta[k] = delta_of(lanes_dot(w + k * lanes, above, lanes), a[k]);
    }
    double *padding = net->activations + last * lanes; /* the output learns nothing from it */
    for (size_t unit = net->width; unit < lanes; ++unit) padding[unit] = 0.0;
}

/* `nets` networks learn from x, (size,), what each misses: prediction - target. Activations,
 * slopes and deltas stay in them, for the step that follows. */
static inline __attribute__((always_inline)) void network_learn(network *const net[],
                                                                const double *const x[],
                                                                const double target[],
                                                                double error[], const int nets)
{
    double y[NETWORK_ABREAST];
    network_forward(net, x, y, nets);
    for (int k = 0; k < nets; ++k) {
        error[k] = finite_output(y[k] - target[k]);
        net[k]->delta = error[k] * (1.0 - y[k] * y[k]);
        network_backward(net[k]);
    }
}

#endif
