#include "autoregnn2.h"

const control autoregnn2_controls[AUTOREGNN2_CONTROLS] = {
    [AUTOREGNN2_MIX] = {"mix", 0.0, 1.0, 0.5},
    [AUTOREGNN2_LR] = {"lr", 0.0, 10.0, 0.5},
    [AUTOREGNN2_RIDGE] = {"ridge", 0.0, 1.0, 1e-3},
    [AUTOREGNN2_AUTOREG] = {"autoreg", 0.0, 1.0, 1.0},
    [AUTOREGNN2_TEACHER] = {"teacher", 0.0, 1.0, 0.0},
};

size_t autoregnn2_bytes(int size, int width, int layers)
{
    if (!network_fits(size, width, layers)) return 0;
    const uint64_t bytes = sizeof(autoregnn2) + LANES_ALIGN +
                           2 * network_bytes(size, width, layers) + 3 * past_bytes(size) +
                           3 * lanes_bytes((uint64_t)size, sizeof(double));
    return bytes <= SIZE_MAX ? (size_t)bytes : 0;
}

int autoregnn2_init(autoregnn2 *pair, int size, int width, int layers, uint64_t seed, double scale)
{
    if (!network_fits(size, width, layers)) return -1;
    lanes_arena arena = {(unsigned char *)(pair + 1)};
    pair->scale = 1.0;
    controls_init(pair->controls, autoregnn2_controls, AUTOREGNN2_CONTROLS);
    for (int k = 0; k < 2; ++k) {
        network_init(&pair->net[k], size, width, layers, &arena);
        past_init(&pair->in[k], pair->net[k].size, &arena);
    }
    past_init(&pair->out, (size_t)size, &arena);
    pair->spoken = lanes_take(&arena, (size_t)size, sizeof(double));
    for (int k = 0; k < 2; ++k) pair->taught[k] = lanes_take(&arena, (size_t)size, sizeof(double));
    autoregnn2_set_scale(pair, scale);
    autoregnn2_reset(pair, seed);
    return 0;
}

void autoregnn2_reset(autoregnn2 *pair, uint64_t seed)
{
    uint64_t random = seed;
    for (int k = 0; k < 2; ++k) network_draw(&pair->net[k], pair->scale, &random);
    autoregnn2_clear(pair);
}

void autoregnn2_clear(autoregnn2 *pair)
{
    for (int k = 0; k < 2; ++k) past_clear(&pair->in[k]);
    past_clear(&pair->out);
    pair->clipped = 0;
}

void autoregnn2_set_scale(autoregnn2 *pair, double scale)
{
    pair->scale = finite_control(scale, pair->scale, 0.0, NETWORK_SCALE_MAX);
}

void autoregnn2_set(autoregnn2 *pair, int which, double value)
{
    controls_set(pair->controls, autoregnn2_controls, (size_t)which, value);
}

size_t autoregnn2_count(const autoregnn2 *pair)
{
    return 2 * network_count(&pair->net[0]);
}

void autoregnn2_get_parameters(const autoregnn2 *pair, double *parameters)
{
    for (int k = 0; k < 2; ++k)
        network_get_parameters(&pair->net[k],
                               parameters + (size_t)k * network_count(&pair->net[0]));
}

int autoregnn2_set_parameters(autoregnn2 *pair, const double *parameters)
{
    if (!network_accepts(parameters, autoregnn2_count(pair))) return -1;
    for (int k = 0; k < 2; ++k)
        network_set_parameters(&pair->net[k],
                               parameters + (size_t)k * network_count(&pair->net[0]));
    return 0;
}

int autoregnn2_set_parameter(autoregnn2 *pair, size_t index, double value)
{
    const size_t count = network_count(&pair->net[0]);
    if (index >= 2 * count || !network_accepts(&value, 1)) return -1;
    network_set_parameter(&pair->net[index / count], index % count, value);
    return 0;
}

void autoregnn2_get_past(const autoregnn2 *pair, double *in1, double *in2, double *out)
{
    past_copy(&pair->in[0], in1);
    past_copy(&pair->in[1], in2);
    past_copy(&pair->out, out);
}

uint64_t autoregnn2_clipped(const autoregnn2 *pair)
{
    return pair->clipped;
}
