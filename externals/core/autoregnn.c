#include "autoregnn_inside.h"

_Static_assert((int)AUTOREGNN_SIZE_MAX == (int)NETWORK_SIZE_MAX &&
                   (int)AUTOREGNN_WIDTH_MAX == (int)NETWORK_WIDTH_MAX &&
                   (int)AUTOREGNN_LAYERS_MAX == (int)NETWORK_LAYERS_MAX &&
                   (int)AUTOREGNN_SCALE_MAX == (int)NETWORK_SCALE_MAX &&
                   (int)AUTOREGNN_ABREAST == (int)NETWORK_ABREAST,
               "the header says what a network can be");

const specml_control autoregnn_controls[AUTOREGNN_CONTROLS] = {
    [AUTOREGNN_AUTOREG] = {"autoreg", 0.0, 1.0, 1.0},
    [AUTOREGNN_LR] = {"lr", 0.0, 10.0, 0.1},
    [AUTOREGNN_RIDGE] = {"ridge", 0.0, 1.0, 1e-4},
    [AUTOREGNN_TEACHER] = {"teacher", 0.0, 1.0, 0.0},
};

size_t autoregnn_bytes(int size, int width, int layers)
{
    if (!network_fits(size, width, layers)) return 0;
    const uint64_t bytes = sizeof(autoregnn) + LANES_ALIGN + network_bytes(size, width, layers) +
                           2 * past_bytes(size) + 2 * lanes_bytes((uint64_t)size, sizeof(double));
    return bytes <= SIZE_MAX ? (size_t)bytes : 0;
}

static lanes_arena lay_out(autoregnn *net, int size, int width, int layers)
{
    lanes_arena arena = lanes_open(net + 1);
    network_lay_out(&net->net, size, width, layers, &arena);
    past_lay_out(&net->in, size, &arena);
    past_lay_out(&net->out, size, &arena);
    net->spoken = lanes_take(&arena, (size_t)size, sizeof(double));
    net->taught = lanes_take(&arena, (size_t)size, sizeof(double));
    return arena;
}

int autoregnn_init(autoregnn *net, int size, int width, int layers, uint64_t seed, double scale)
{
    if (!network_fits(size, width, layers)) return -1;
    *net = (autoregnn){.scale = 1.0};
    lanes_clear(lay_out(net, size, width, layers));
    controls_init(net->held, net->controls, autoregnn_controls, AUTOREGNN_CONTROLS);
    autoregnn_set_scale(net, scale);
    autoregnn_reset(net, seed);
    return 0;
}

void autoregnn_copy(autoregnn *to, const autoregnn *from)
{
    *to = *from;
    lanes_copy(lay_out(to, autoregnn_size(from), autoregnn_width(from), autoregnn_layers(from)),
               from + 1);
}

void autoregnn_keep(autoregnn *to, const autoregnn *from)
{
    memcpy(to->held, from->held, sizeof to->held);
    memcpy(to->controls, from->controls, sizeof to->controls);
    network_keep(&to->net, &from->net);
    to->samples = from->samples;
}

void autoregnn_reset(autoregnn *net, uint64_t seed)
{
    uint64_t random = seed;
    network_draw(&net->net, net->scale, &random);
    net->samples = 0;
    autoregnn_clear(net);
}

void autoregnn_clear(autoregnn *net)
{
    past_clear(&net->in);
    past_clear(&net->out);
    net->clipped = 0;
}

int autoregnn_set(autoregnn *net, int which, double value)
{
    if (controls_set(net->held, autoregnn_controls, AUTOREGNN_CONTROLS, which, value)) return -1;
    net->controls[which] = net->held[which];
    return 0;
}

int autoregnn_set_scale(autoregnn *net, double scale)
{
    return finite_set(&net->scale, scale, 0.0, AUTOREGNN_SCALE_MAX);
}

int autoregnn_size(const autoregnn *net)
{
    return (int)net->net.size;
}

int autoregnn_width(const autoregnn *net)
{
    return (int)net->net.width;
}

int autoregnn_layers(const autoregnn *net)
{
    return (int)net->net.layers;
}

size_t autoregnn_count(const autoregnn *net)
{
    return network_count(&net->net);
}

double autoregnn_held(const autoregnn *net, int which)
{
    return controls_get(net->held, AUTOREGNN_CONTROLS, which);
}

double autoregnn_now(const autoregnn *net, int which)
{
    return controls_get(net->controls, AUTOREGNN_CONTROLS, which);
}

double autoregnn_scale(const autoregnn *net)
{
    return net->scale;
}

uint64_t autoregnn_clipped(const autoregnn *net)
{
    return net->clipped;
}

uint64_t autoregnn_samples(const autoregnn *net)
{
    return net->samples;
}

void autoregnn_get_parameters(const autoregnn *net, double *parameters)
{
    network_get_parameters(&net->net, parameters);
}

void autoregnn_get_past(const autoregnn *net, double *in, double *out)
{
    past_get(&net->in, in);
    past_get(&net->out, out);
}

int autoregnn_set_parameters(autoregnn *net, const double *parameters)
{
    if (!network_accepts(parameters, autoregnn_count(net))) return -1;
    network_set_parameters(&net->net, parameters);
    return 0;
}

int autoregnn_set_parameter(autoregnn *net, size_t index, double value)
{
    if (index >= autoregnn_count(net) || !network_accepts(&value, 1)) return -1;
    network_set_parameter(&net->net, index, value);
    return 0;
}

int autoregnn_set_past(autoregnn *net, const double *in, const double *out)
{
    const size_t size = net->net.size;
    if (!finite_within(in, size, SPECML_SAMPLE_MAX) || !finite_within(out, size, 1.0)) return -1;
    past_set(&net->in, in);
    past_set(&net->out, out);
    return 0;
}

int autoregnn_set_now(autoregnn *net, int which, double value)
{
    return controls_set(net->controls, autoregnn_controls, AUTOREGNN_CONTROLS, which, value);
}

void autoregnn_set_clipped(autoregnn *net, uint64_t clipped)
{
    net->clipped = clipped;
}

void autoregnn_set_samples(autoregnn *net, uint64_t samples)
{
    net->samples = samples;
}
