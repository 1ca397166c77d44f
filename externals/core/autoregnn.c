#include "autoregnn.h"

const control autoregnn_controls[AUTOREGNN_CONTROLS] = {
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

int autoregnn_init(autoregnn *net, int size, int width, int layers, uint64_t seed, double scale)
{
    if (!network_fits(size, width, layers)) return -1;
    lanes_arena arena = {(unsigned char *)(net + 1)};
    net->scale = 1.0;
    controls_init(net->controls, autoregnn_controls, AUTOREGNN_CONTROLS);
    network_init(&net->net, size, width, layers, &arena);
    past_init(&net->in, net->net.size, &arena);
    past_init(&net->out, net->net.size, &arena);
    net->spoken = lanes_take(&arena, net->net.size, sizeof(double));
    net->taught = lanes_take(&arena, net->net.size, sizeof(double));
    autoregnn_set_scale(net, scale);
    autoregnn_reset(net, seed);
    return 0;
}

void autoregnn_reset(autoregnn *net, uint64_t seed)
{
    uint64_t random = seed;
    network_draw(&net->net, net->scale, &random);
    autoregnn_clear(net);
}

void autoregnn_clear(autoregnn *net)
{
    past_clear(&net->in);
    past_clear(&net->out);
    net->clipped = 0;
}

void autoregnn_set_scale(autoregnn *net, double scale)
{
    net->scale = finite_control(scale, net->scale, 0.0, NETWORK_SCALE_MAX);
}

void autoregnn_set(autoregnn *net, int which, double value)
{
    controls_set(net->controls, autoregnn_controls, (size_t)which, value);
}

size_t autoregnn_count(const autoregnn *net)
{
    return network_count(&net->net);
}

void autoregnn_get_parameters(const autoregnn *net, double *parameters)
{
    network_get_parameters(&net->net, parameters);
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

void autoregnn_get_past(const autoregnn *net, double *in, double *out)
{
    past_copy(&net->in, in);
    past_copy(&net->out, out);
}

uint64_t autoregnn_clipped(const autoregnn *net)
{
    return net->clipped;
}
