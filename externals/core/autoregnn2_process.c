/* The sample loop of AutoRegNN2, by the steps of docs/models.md.
 * Its state is made and read in autoregnn2.c. */
#include "autoregnn2_inside.h"
#include "loops.h"
#include "network_speak.h"

static double step(autoregnn2 *pair, const double in[2], double error[2])
{
    const size_t size = pair->net[0].size;
    const double *c = pair->controls, *outs = past_row(&pair->out);
    const double *ins[2] = {past_row(&pair->in[0]), past_row(&pair->in[1])};
    const double autoreg = c[AUTOREGNN2_AUTOREG], mix = c[AUTOREGNN2_MIX];
    speaker s = {.net = {&pair->net[0], &pair->net[1]},
                 .lr = c[AUTOREGNN2_LR],
                 .keep = network_decay(c[AUTOREGNN2_LR], c[AUTOREGNN2_RIDGE]),
                 .share = {1.0 - mix, mix}};
    /* 1. what each network would speak from, and what it learns from */
    for (int k = 0; k < 2; ++k) {
        const double *spoken = past_blend(pair->taught[k], outs, ins[k], size, autoreg);
        s.taught[k] = past_blend(pair->taught[k], ins[k], spoken, size, c[AUTOREGNN2_TEACHER]);
    }
    /* 2. learn */
    network_learn(s.net, s.taught, in, error, 2);
    /* the past that the mixture speaks from */
    const double *heard = past_blend(pair->spoken, ins[1], ins[0], size, mix);
    const double *spoken = past_blend(pair->spoken, outs, heard, size, autoreg);
    /* 3. remember */
    for (int k = 0; k < 2; ++k) past_push(&pair->in[k], in[k]);
    /* 4. speak, in the sweep in which the weights take their step */
    double out;
    network_speak(&s, &spoken, &out, 1, 2);
    past_push(&pair->out, out);
    return out;
}

void ISA(autoregnn2_process)(autoregnn2 *pair, size_t n, const double *in1, const double *in2,
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
