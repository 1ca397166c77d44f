#include "network.h"

#include <math.h>
#include <string.h>

#include "finite.h"
#include "isa.h"
#include "random.h"

int network_fits(int size, int width, int layers)
{
    return !isa_refusal() && size >= 1 && size <= NETWORK_SIZE_MAX && width >= 1 &&
           width <= NETWORK_WIDTH_MAX && layers >= 1 && layers <= NETWORK_LAYERS_MAX;
}

size_t network_count(const network *net)
{
    const size_t P = net->size, H = net->width, L = net->layers;
    return H * (P + 1) + (L - 1) * H * (H + 1) + H + 1;
}

uint64_t network_bytes(int size, int width, int layers)
{
    const uint64_t P = (uint64_t)size, H = (uint64_t)width, L = (uint64_t)layers;
    const uint64_t lanes = lanes_padded((size_t)width);
    const uint64_t weights = ((P + 1) + (L - 1) * (H + 1) + 1) * lanes + LANES;
    return (weights + (2 * L + 4) * lanes) * sizeof(double);
}

void network_lay_out(network *net, int size, int width, int layers, lanes_arena *arena)
{
    net->size = (size_t)size;
    net->width = (size_t)width;
    net->layers = (size_t)layers;
    net->lanes = lanes_padded(net->width);
    net->weights = lanes_take(arena, network_weights(net), sizeof(double));
    net->slopes = lanes_take(arena, net->lanes, sizeof(double));
    net->activations = lanes_take(arena, net->layers * net->lanes, sizeof(double));
    net->deltas = lanes_take(arena, net->layers * net->lanes, sizeof(double));
    net->voice = lanes_take(arena, 3 * net->lanes, sizeof(double));
}

/* where a parameter lives, by its canonical index */
static double *parameter_at(const network *net, size_t index)
{
    for (size_t layer = 0; layer < net->layers; ++layer) {
        const size_t rows = network_rows(net, layer), weights = rows * net->width;
        double *w = network_layer(net, layer);
        if (index < weights) {
            const size_t unit = index / rows, input = index % rows;
            const size_t row = layer == 0 ? rows - 1 - input : input;
            return w + row * net->lanes + unit;
        }
        index -= weights;
        if (index < net->width) return w + rows * net->lanes + index;
        index -= net->width;
    }
    double *output = network_layer(net, net->layers);
    return output + (index < net->width ? index : net->lanes);
}

int network_accepts(const double *parameters, size_t count)
{
    return finite_within(parameters, count, SPECML_WEIGHT_MAX);
}

void network_get_parameters(const network *net, double *parameters)
{
    const size_t count = network_count(net);
    for (size_t i = 0; i < count; ++i) parameters[i] = *parameter_at(net, i);
}

void network_set_parameters(network *net, const double *parameters)
{
    const size_t count = network_count(net);
    for (size_t i = 0; i < count; ++i) network_set_parameter(net, i, parameters[i]);
}

void network_set_parameter(network *net, size_t index, double value)
{
    *parameter_at(net, index) = finite_state(value);
}

void network_settle(const network *net, size_t layer)
{
    double *w = network_layer(net, layer);
    for (size_t row = 0; row <= network_rows(net, layer); ++row, w += net->lanes) {
        for (size_t unit = 0; unit < net->width; ++unit) w[unit] = finite_state(w[unit]);
        for (size_t unit = net->width; unit < net->lanes; ++unit) w[unit] = 1.0;
    }
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* one hidden layer; the newest input of the first stands in its last row */
static void keep_layer(network *to, const network *from, size_t layer)
{
    const size_t had = network_rows(from, layer), have = network_rows(to, layer);
    const size_t rows = smaller(had, have),
                 bytes = smaller(from->width, to->width) * sizeof(double);
    const double *old = network_layer(from, layer);
    double *fresh = network_layer(to, layer);
    for (size_t k = 0; k < rows; ++k) {
        const size_t there = layer == 0 ? had - 1 - k : k, here = layer == 0 ? have - 1 - k : k;
        memcpy(fresh + here * to->lanes, old + there * from->lanes, bytes);
    }
    memcpy(fresh + have * to->lanes, old + had * from->lanes, bytes); /* biases */
}

void network_keep(network *to, const network *from)
{
    const size_t layers = smaller(from->layers, to->layers);
    for (size_t layer = 0; layer < layers; ++layer) keep_layer(to, from, layer);
    const double *old = network_layer(from, from->layers);
    double *fresh = network_layer(to, to->layers);
    memcpy(fresh, old, smaller(from->width, to->width) * sizeof(double));
    fresh[to->lanes] = old[from->lanes]; /* bias */
}

void network_draw(network *net, double scale, uint64_t *random)
{
    const size_t first = net->width * (net->size + 1), count = network_count(net);
    for (size_t index = 0; index < count; ++index) {
        const double inputs = (double)(int)(index < first ? net->size : net->width);
        network_set_parameter(net, index, random_bipolar(random) * (scale / sqrt(inputs)));
    }
    for (size_t layer = 0; layer < net->layers; ++layer) network_settle(net, layer);
}
