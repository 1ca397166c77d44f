/* AutoRegNN, a sample after the other, in plain C: read it first, beside autoregnn.py. It runs if
 * SPECML_ISA says "portable"; autoregnn_process.c does the same faster. */
#include "autoregnn_inside.h"
#include "loops.h"
#include "network_portable.h"

static double step(autoregnn *net, double in, double *error)
{
    const double *c = net->controls, *ins = past_row(&net->in), *outs = past_row(&net->out);
    const double lr = c[AUTOREGNN_LR], keep = network_decay(lr, c[AUTOREGNN_RIDGE]);
    const size_t size = net->net.size;
    /* 1. what it speaks from, and what it learns from */
    const double *spoken = past_blend(net->spoken, outs, ins, size, c[AUTOREGNN_AUTOREG]);
    const double *taught = past_blend(net->taught, ins, spoken, size, c[AUTOREGNN_TEACHER]);
    /* 2. learn */
    *error = portable_learn(&net->net, taught, in, lr, keep);
    /* 3. remember */
    past_push(&net->in, in);
    /* 4. speak, with the new weights */
    const portable_voice voice = {.net = {&net->net}, .nets = 1};
    const double out = finite_output(portable_forward(&voice, spoken, net->net.activations));
    portable_settle(&net->net);
    past_push(&net->out, out);
    return out;
}

static void process(const autoregnn_stream *of, size_t n)
{
    autoregnn *net = of->net;
    for (size_t t = 0; t < n; ++t) {
        controls_follow(net->controls, net->held, autoregnn_controls, AUTOREGNN_CONTROLS,
                        of->signals, t);
        double error;
        of->out[t] = step(net, finite_input(of->in[t], &net->clipped), &error);
        if (of->error) of->error[t] = error;
    }
    net->samples += n;
}

void autoregnn_process_many_portable(const autoregnn_stream *of, size_t count, size_t n)
{
    for (size_t i = 0; i < count; ++i) process(of + i, n);
}
