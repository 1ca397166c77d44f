/* What is in an Unlearn. Hosts include unlearn.h. */
#ifndef SPECML_UNLEARN_INSIDE_H
#define SPECML_UNLEARN_INSIDE_H

#include "controls.h"
#include "lanes.h"
#include "unlearn.h"

struct unlearn {
    /* settings */
    size_t neurons, inputs, maxdelay, external;
    size_t rows;       /* of synapses: inputs and external rows */
    size_t lanes;      /* neurons padded to whole blocks */
    size_t synapses;   /* in rows of lanes, as far as there are any in the last */
    double samplerate; /* Hz, 1..1e6 */
    double period;     /* h, seconds a sample */
    double scale;      /* of the next initial weights, 0..100 */
    double excite;     /* of the next initial outputs and bangs, 0..1 */
    unlearn_function activation, energy;
    unlearn_integrator integrator;
    double held[UNLEARN_CONTROLS]; /* controls as they were set */
    /* synapses, (rows, lanes) each; padding is zero */
    double *w;       /* weight */
    double *v;       /* its velocity */
    double *u;       /* its slow trace */
    int32_t *source; /* (inputs, lanes) the neuron heard; padding hears one that is silent */
    int32_t *delay;  /* (inputs, lanes) samples, 1..maxdelay */
    int32_t *near;   /* (nears,) synapses that cannot be heard ahead: delays below 8 */
    size_t nears;
    /* state */
    double controls[UNLEARN_CONTROLS]; /* controls as they are now */
    double *past;      /* (neurons + 1, stride) the last maxdelay outputs of each, as rings */
    size_t stride;     /* between rings; not a power of two, so that they do not share cache sets */
    size_t now;        /* where in each ring the next output goes */
    size_t heard;      /* outputs in a ring, 0..maxdelay; what is before them is silence */
    double *ahead;     /* (8, rows, lanes) the delayed inputs of eight samples */
    size_t phase;      /* which of the eight is next */
    double energy_sum; /* S, the sum of the last outputs */
    uint64_t random;
    uint64_t clipped; /* external samples repaired so far */
    uint64_t samples; /* processed since its synapses were drawn */
    /* scratch of one step */
    double *x;     /* (lanes,) the outputs */
    double *slope; /* (lanes,) f'(z), then dE/dz */
};

/* where in a ring the output stands that is `delay` samples before the next */
static inline size_t unlearn_then(const unlearn *net, size_t delay)
{
    return net->now >= delay ? net->now - delay : net->now + net->maxdelay - delay;
}

/* the output of a neuron that is `delay` samples before the next */
static inline double unlearn_output(const unlearn *net, size_t neuron, size_t delay)
{
    return delay <= net->heard ? net->past[neuron * net->stride + unlearn_then(net, delay)] : 0.0;
}

/* the outputs become the last ones in the rings */
static inline void unlearn_remember(unlearn *net)
{
    for (size_t i = 0; i < net->neurons; ++i) net->past[i * net->stride + net->now] = net->x[i];
    net->now = net->now + 1 < net->maxdelay ? net->now + 1 : 0;
    net->heard += net->heard < net->maxdelay;
}

/* 1 if a synapse stands in this row of this neuron */
static inline int unlearn_feeds(const unlearn *net, size_t neuron, size_t row)
{
    return row < net->inputs || (row - net->inputs) * net->neurons + neuron < net->external;
}

void unlearn_rewire(unlearn *net); /* after sources or delays were written */

#endif
