/* The sample loop of AutoRegNN; its state is made and read in autoregnn.c. */
#include "autoregnn.h"

#include "isa.h"
#include "network_speak.h"

static double step(autoregnn *net, double in, double *error)
{
    const double *c = net->controls, *ins = past_row(&net->in), *outs = past_row(&net->out);
    const size_t size = net->net.size;
    /* 1. what it speaks from, and what it learns from */
    const double *spoken = past_blend(net->spoken, outs, ins, size, c[AUTOREGNN_AUTOREG]);
    const double *taught = past_blend(net->taught, ins, spoken, size, c[AUTOREGNN_TEACHER]);
    speaker s = {.net = {&net->net},
                 .taught = {taught},
                 .lr = c[AUTOREGNN_LR],
                 .keep = network_keep(c[AUTOREGNN_LR], c[AUTOREGNN_RIDGE])};
    /* 2. learn */
    network_learn(s.net, s.taught, &in, error, 1);
    /* 4. speak, in the sweep in which the weights take their step */
    const double out = finite_output(network_speak(&s, spoken, 1));
    /* 3. remember */
    past_push(&net->in, in);
    past_push(&net->out, out);
    return out;
}

void ISA(autoregnn_process)(autoregnn *net, size_t n, const double *in,
                            const double *const *signals, double *out, double *error)
{
    for (size_t i = 0; i < n; ++i) {
        double e;
        controls_follow(net->controls, autoregnn_controls, AUTOREGNN_CONTROLS, signals, i);
        const double y = step(net, finite_input(in[i], &net->clipped), &e);
        out[i] = y;
        if (error) error[i] = e;
    }
}
