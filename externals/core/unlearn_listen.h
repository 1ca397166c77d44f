/* What each synapse of Unlearn hears. Delay lines are read eight samples at a time, so that each
 * read is a whole cache line and not one sample of it. */
#ifndef SPECML_UNLEARN_LISTEN_H
#define SPECML_UNLEARN_LISTEN_H

#include "finite.h"
#include "unlearn_inside.h"

/* What every synapse hears in the next eight samples. Delays below eight cannot be known yet.
 * young: not all of a ring has been heard. */
static inline __attribute__((always_inline)) void listen_in(unlearn *net, const int young)
{
    static const double silence[LANES];
    double unrolled[LANES][LANES];
    const size_t wires = net->inputs * net->lanes, heard = net->heard;
    for (size_t wire = 0; wire < wires; wire += LANES) {
        const double *runs[LANES];
        for (size_t i = 0; i < LANES; ++i) {
            const double *ring = net->past + (size_t)net->source[wire + i] * net->stride;
            const size_t delay = (size_t)net->delay[wire + i];
            size_t at = unlearn_then(net, delay);
            runs[i] = silence;
            if (young && delay >= heard + LANES) continue;
            runs[i] = ring + at;
            if (at + LANES <= net->maxdelay && !(young && delay > heard)) continue;
            for (size_t j = 0; j < LANES; ++j, ++at) {
                if (at == net->maxdelay) at = 0;
                unrolled[i][j] = young && delay > heard + j ? 0.0 : ring[at];
            }
            runs[i] = unrolled[i];
        }
        lanes_transpose(runs, net->ahead + wire, net->rows * net->lanes);
    }
}

static __attribute__((noinline)) void listen_young(unlearn *net)
{
    listen_in(net, 1);
}

static inline void listen_ahead(unlearn *net)
{
    if (net->heard < net->maxdelay)
        listen_young(net);
    else
        listen_in(net, 0);
}

/* (rows, lanes) what each synapse hears now; external: (external,) samples or NULL */
static inline const double *listen(unlearn *net, const double *const *external, size_t at)
{
    if (net->phase == 0) listen_ahead(net);
    double *heard = net->ahead + net->phase * net->rows * net->lanes;
    for (size_t i = 0; i < net->nears; ++i) {
        const size_t wire = (size_t)net->near[i];
        heard[wire] = unlearn_output(net, (size_t)net->source[wire], (size_t)net->delay[wire]);
    }
    for (size_t j = 0; j < net->external; ++j) {
        const size_t row = net->inputs + j / net->neurons, neuron = j % net->neurons;
        heard[row * net->lanes + neuron] =
            external ? finite_input(external[j][at], &net->clipped) : 0.0;
    }
    net->phase = (net->phase + 1) % LANES;
    return heard;
}

#endif
