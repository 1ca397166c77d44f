/* AutoRegNN2, a sample after the other, in plain C: read it beside autoregnn2.py. It runs if
 * SPECML_ISA says "portable"; autoregnn2_process.c does the same faster. */
#include "autoregnn2_inside.h"
#include "loops.h"
#include "network_portable.h"

static double step(autoregnn2 *pair, const double in[2], double error[2])
{
    const double *c = pair->controls, *outs = past_row(&pair->out);
    const double *ins[2] = {past_row(&pair->in[0]), past_row(&pair->in[1])};
    const double lr = c[AUTOREGNN2_LR], keep = network_decay(lr, c[AUTOREGNN2_RIDGE]);
    const double autoreg = c[AUTOREGNN2_AUTOREG], mix = c[AUTOREGNN2_MIX];
    const size_t size = pair->net[0].size;
    for (int k = 0; k < 2; ++k) {
        /* 1. what this network would speak from, and what it learns from */
        const double *spoken = past_blend(pair->taught[k], outs, ins[k], size, autoreg);
        const double *taught =
            past_blend(pair->taught[k], ins[k], spoken, size, c[AUTOREGNN2_TEACHER]);
        /* 2. learn */
        error[k] = portable_learn(&pair->net[k], taught, in[k], lr, keep);
    }
    const double *heard = past_blend(pair->spoken, ins[1], ins[0], size, mix);
    const double *spoken = past_blend(pair->spoken, outs, heard, size, autoreg);
    /* 3. remember */
    for (int k = 0; k < 2; ++k) past_push(&pair->in[k], in[k]);
    /* 4. speak, with the mixed weights and from the mixed past */
    const portable_voice voice = {
        .net = {&pair->net[0], &pair->net[1]}, .nets = 2, .share = {1.0 - mix, mix}};
    const double out = finite_output(portable_forward(&voice, spoken, pair->net[0].activations));
    for (int k = 0; k < 2; ++k) portable_settle(&pair->net[k]);
    past_push(&pair->out, out);
    return out;
}

void autoregnn2_process_portable(autoregnn2 *pair, size_t n, const double *in1, const double *in2,
                                 const double *const *signals, double *out, double *error1,
                                 double *error2)
{
    for (size_t i = 0; i < n; ++i) {
        double in[2], error[2];
        controls_follow(pair->controls, pair->held, autoregnn2_controls, AUTOREGNN2_CONTROLS,
                        signals, i);
        in[0] = finite_input(in1[i], &pair->clipped);
        in[1] = finite_input(in2[i], &pair->clipped);
        out[i] = step(pair, in, error);
        if (error1) error1[i] = error[0];
        if (error2) error2[i] = error[1];
    }
    pair->samples += n;
}
