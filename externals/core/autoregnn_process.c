/* The sample loop of AutoRegNN; its state is made and read in autoregnn.c. */
#include "autoregnn.h"

#include "isa.h"
#include "network_steps.h"

static double step(autoregnn *net, double in, double *error)
{
    const double *c = net->controls;
    const size_t size = net->net.size;
    /* 1. what it speaks from, and what it learns from */
    past_blend(net->spoken, past_row(&net->out), past_row(&net->in), size, c[AUTOREGNN_AUTOREG]);
    past_blend(net->taught, past_row(&net->in), net->spoken, size, c[AUTOREGNN_TEACHER]);
    /* 2. learn */
    *error = network_learn(&net->net, net->taught, in, c[AUTOREGNN_LR], c[AUTOREGNN_RIDGE]);
    /* 3. remember */
    past_push(&net->in, in);
    /* 4. speak */
    const double out = finite_output(network_forward(&net->net, net->spoken));
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
