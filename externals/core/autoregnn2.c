#include "autoregnn2_inside.h"

_Static_assert((int)AUTOREGNN2_SIZE_MAX == (int)NETWORK_SIZE_MAX &&
                   (int)AUTOREGNN2_WIDTH_MAX == (int)NETWORK_WIDTH_MAX &&
                   (int)AUTOREGNN2_LAYERS_MAX == (int)NETWORK_LAYERS_MAX &&
                   (int)AUTOREGNN2_SCALE_MAX == (int)NETWORK_SCALE_MAX,
               "the header says what a network can be");

const specml_control autoregnn2_controls[AUTOREGNN2_CONTROLS] = {
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

static lanes_arena lay_out(autoregnn2 *pair, int size, int width, int layers)
{
    lanes_arena arena = lanes_open(pair + 1);
    for (int k = 0; k < 2; ++k) {
        network_lay_out(&pair->net[k], size, width, layers, &arena);
        past_lay_out(&pair->in[k], size, &arena);
        pair->taught[k] = lanes_take(&arena, (size_t)size, sizeof(double));
    }
    past_lay_out(&pair->out, size, &arena);
    pair->spoken = lanes_take(&arena, (size_t)size, sizeof(double));
    return arena;
}

int autoregnn2_init(autoregnn2 *pair, int size, int width, int layers, uint64_t seed, double scale)
{
    if (!network_fits(size, width, layers)) return -1;
    *pair = (autoregnn2){.scale = 1.0};
    lanes_clear(lay_out(pair, size, width, layers));
    controls_init(pair->held, pair->controls, autoregnn2_controls, AUTOREGNN2_CONTROLS);
    autoregnn2_set_scale(pair, scale);
    autoregnn2_reset(pair, seed);
    return 0;
}

void autoregnn2_copy(autoregnn2 *to, const autoregnn2 *from)
{
    *to = *from;
    lanes_copy(lay_out(to, autoregnn2_size(from), autoregnn2_width(from), autoregnn2_layers(from)),
               from + 1);
}

void autoregnn2_keep(autoregnn2 *to, const autoregnn2 *from)
{
    memcpy(to->held, from->held, sizeof to->held);
    memcpy(to->controls, from->controls, sizeof to->controls);
    for (int k = 0; k < 2; ++k) network_keep(&to->net[k], &from->net[k]);
    to->samples = from->samples;
}

void autoregnn2_reset(autoregnn2 *pair, uint64_t seed)
{
    uint64_t random = seed;
    for (int k = 0; k < 2; ++k) network_draw(&pair->net[k], pair->scale, &random);
    pair->samples = 0;
    autoregnn2_clear(pair);
}

void autoregnn2_clear(autoregnn2 *pair)
{
    for (int k = 0; k < 2; ++k) past_clear(&pair->in[k]);
    past_clear(&pair->out);
    pair->clipped = 0;
}

int autoregnn2_set(autoregnn2 *pair, int which, double value)
{
    if (controls_set(pair->held, autoregnn2_controls, AUTOREGNN2_CONTROLS, which, value)) return -1;
    pair->controls[which] = pair->held[which];
    return 0;
}

int autoregnn2_set_scale(autoregnn2 *pair, double scale)
{
    return finite_set(&pair->scale, scale, 0.0, AUTOREGNN2_SCALE_MAX);
}

int autoregnn2_size(const autoregnn2 *pair)
{
    return (int)pair->net[0].size;
}

int autoregnn2_width(const autoregnn2 *pair)
{
    return (int)pair->net[0].width;
}

int autoregnn2_layers(const autoregnn2 *pair)
{
    return (int)pair->net[0].layers;
}

size_t autoregnn2_count(const autoregnn2 *pair)
{
    return 2 * network_count(&pair->net[0]);
}

double autoregnn2_held(const autoregnn2 *pair, int which)
{
    return controls_get(pair->held, AUTOREGNN2_CONTROLS, which);
}

double autoregnn2_now(const autoregnn2 *pair, int which)
{
    return controls_get(pair->controls, AUTOREGNN2_CONTROLS, which);
}

double autoregnn2_scale(const autoregnn2 *pair)
{
    return pair->scale;
}

uint64_t autoregnn2_clipped(const autoregnn2 *pair)
{
    return pair->clipped;
}

uint64_t autoregnn2_samples(const autoregnn2 *pair)
{
    return pair->samples;
}

void autoregnn2_get_parameters(const autoregnn2 *pair, double *parameters)
{
    for (int k = 0; k < 2; ++k)
        network_get_parameters(&pair->net[k],
                               parameters + (size_t)k * network_count(&pair->net[0]));
}

void autoregnn2_get_past(const autoregnn2 *pair, double *in1, double *in2, double *out)
{
    past_get(&pair->in[0], in1);
    past_get(&pair->in[1], in2);
    past_get(&pair->out, out);
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

int autoregnn2_set_past(autoregnn2 *pair, const double *in1, const double *in2, const double *out)
{
    const size_t size = pair->net[0].size;
    if (!finite_within(in1, size, SPECML_SAMPLE_MAX) ||
        !finite_within(in2, size, SPECML_SAMPLE_MAX) || !finite_within(out, size, 1.0))
        return -1;
    past_set(&pair->in[0], in1);
    past_set(&pair->in[1], in2);
    past_set(&pair->out, out);
    return 0;
}

int autoregnn2_set_now(autoregnn2 *pair, int which, double value)
{
    return controls_set(pair->controls, autoregnn2_controls, AUTOREGNN2_CONTROLS, which, value);
}

void autoregnn2_set_clipped(autoregnn2 *pair, uint64_t clipped)
{
    pair->clipped = clipped;
}

void autoregnn2_set_samples(autoregnn2 *pair, uint64_t samples)
{
    pair->samples = samples;
}
