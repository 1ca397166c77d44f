/* Unlearn: neurons in a delay network. Each weight is the position of its own small oscillator, so
 * it never comes to rest: to learn is to adapt, to adapt is to forget. Source: L. Doebereiner and
 * D. Pirro, "Speculative Machine Learning in Sound Synthesis", SMC 2024.
 *
 * Synapses stand in rows, neurons as lanes: row k < inputs is input k of every neuron, one further
 * row for each `neurons` external signals: signal j feeds neuron j mod neurons.
 *
 * The caller hands in the memory:
 *     unlearn *net = malloc(unlearn_bytes(&shape));
 *     unlearn_init(net, &shape, 48000, seed, scale, excite);
 *     unlearn_process(net, n, NULL, NULL, out, outs);
 * Nothing here allocates, locks, prints or depends on how the stream is cut. */
#ifndef SPECML_UNLEARN_H
#define SPECML_UNLEARN_H

#include <stddef.h>
#include <stdint.h>

#include "controls.h"
#include "lanes.h"

enum {
    UNLEARN_NEURONS_MAX = 1024,
    UNLEARN_EXTERNAL_MAX = 1024,
    UNLEARN_MAXDELAY_MAX = 480000, /* samples */
};

enum {
    UNLEARN_LAMBDA,   /* learning rate, 1/s */
    UNLEARN_MU,       /* weight of a neuron's own energy */
    UNLEARN_NU,       /* weight of the network's energy */
    UNLEARN_STRENGTH, /* pull of the limit cycle */
    UNLEARN_RADIUS,   /* its radius */
    UNLEARN_FRICTION, /* 1/s */
    UNLEARN_CENTRE,   /* 0: the cycle is drawn around 0, 1: around the trace */
    UNLEARN_PIVOT,    /* 0: a weight turns around 0, 1: around its trace */
    UNLEARN_CONTROLS
};
#define UNLEARN_STATE_MAX 1e6 /* weights, velocities, traces and outputs stay within this */
extern const control unlearn_controls[UNLEARN_CONTROLS];

typedef enum {
    UNLEARN_TANH,
    UNLEARN_COSINE,     /* (1 + cos(pi x)) / 2 */
    UNLEARN_COSINE_RAD, /* (1 + cos x) / 2 */
    UNLEARN_DIP,        /* (1 - cos(pi x)) / 2 */
    UNLEARN_DIP_RAD,    /* (1 - cos x) / 2 */
    UNLEARN_FUNCTIONS
} unlearn_function;
typedef enum { UNLEARN_SYMPLECTIC, UNLEARN_EULER, UNLEARN_INTEGRATORS } unlearn_integrator;

typedef struct {
    int neurons;  /* N, 1..1024 */
    int inputs;   /* K, 1..N, inputs of a neuron from the network */
    int maxdelay; /* samples, 1..480000 */
    int external; /* M, external signals, 0..1024 */
} unlearn_shape;

typedef struct unlearn {
    /* settings */
    size_t neurons, inputs, maxdelay, external;
    size_t rows;     /* of synapses: inputs and external rows */
    size_t lanes;    /* neurons padded to whole blocks */
    size_t synapses; /* in rows of lanes, as far as there are any in the last */
    double period;   /* h, seconds a sample */
    double scale;    /* of the next initial weights, 0..100 */
    double excite;   /* of the next initial outputs and bangs, 0..1 */
    unlearn_function activation, energy;
    unlearn_integrator integrator;
    double controls[UNLEARN_CONTROLS]; /* the values they hold */
    /* synapses, (rows, lanes) each; padding is zero */
    double *w;       /* weight */
    double *v;       /* its velocity */
    double *u;       /* its slow trace */
    int32_t *source; /* (inputs, lanes) the neuron heard; padding hears one that is silent */
    int32_t *delay;  /* (inputs, lanes) samples, 1..maxdelay */
    int32_t *near;   /* (nears,) synapses that cannot be heard ahead: delays below 8 */
    size_t nears;
    /* state */
    double *past;      /* (neurons + 1, stride) the last maxdelay outputs of each, as rings */
    size_t stride;     /* between rings; not a power of two, so that they do not share cache sets */
    size_t now;        /* where in each ring the next output goes */
    double *ahead;     /* (8, rows, lanes) the delayed inputs of eight samples */
    size_t phase;      /* which of the eight is next */
    double energy_sum; /* S, the sum of the last outputs */
    uint64_t random;
    uint64_t clipped; /* external samples repaired so far */
    /* scratch of one step */
    double *x;     /* (lanes,) the outputs */
    double *slope; /* (lanes,) f'(z), then dE/dz */
} unlearn;

/* where in a ring the output stands that is `delay` samples before the next */
static inline size_t unlearn_then(const unlearn *net, size_t delay)
{
    return net->now >= delay ? net->now - delay : net->now + net->maxdelay - delay;
}

/* Bytes to hand to init; 0 if a number is out of range. */
size_t unlearn_bytes(const unlearn_shape *shape);
/* 0, or -1 and nothing written if a number is out of range; samplerate in Hz, 1..1e6. */
int unlearn_init(unlearn *net, const unlearn_shape *shape, double samplerate, uint64_t seed,
                 double scale, double excite);
void unlearn_reset(unlearn *net, uint64_t seed); /* new synapses, forgets sound */
void unlearn_clear(unlearn *net);                /* forgets sound, keeps synapses */
void unlearn_bang(unlearn *net);                 /* pushes the newest output of each neuron */

/* Values are clamped to their range; one that is not finite, or unknown, is ignored. */
void unlearn_set_samplerate(unlearn *net, double samplerate);
void unlearn_set_scale(unlearn *net, double scale);   /* at the next reset */
void unlearn_set_excite(unlearn *net, double excite); /* at the next reset or bang */
void unlearn_set_activation(unlearn *net, unlearn_function activation);
void unlearn_set_energy(unlearn *net, unlearn_function energy);
void unlearn_set_integrator(unlearn *net, unlearn_integrator integrator);
void unlearn_set(unlearn *net, int which, double value); /* one of the controls */

/* external: (external,) pointers to (n,), or NULL for silence. signals: a pointer to (n,) for each
 * control, NULL for one that holds its value; or NULL. out: (outs,) pointers to (n,), 1 <= outs <=
 * neurons: out j is the mean of neurons i with i mod outs = j, so outs = neurons gives each its
 * own. Outputs may be any of the inputs' arrays. */
void unlearn_process(unlearn *net, size_t n, const double *const *external,
                     const double *const *signals, double *const *out, int outs);

/* Synapses by index = neuron x rows + row. A neuron that no signal feeds in an external row has no
 * synapse there: its values read 0. */
size_t unlearn_count(const unlearn *net); /* neurons x rows */
/* (neurons, rows) each */
void unlearn_get_synapses(const unlearn *net, double *weights, double *velocities, double *traces);
/* 0, or -1 and nothing written: no synapse there, value not finite or beyond +-1e6. */
int unlearn_set_weight(unlearn *net, size_t index, double value);
/* (neurons, inputs) each: the neuron heard, the delay in samples */
void unlearn_get_wiring(const unlearn *net, int32_t *sources, int32_t *delays);
/* (neurons, maxdelay) the last outputs, newest first */
void unlearn_get_past(const unlearn *net, double *past);
double unlearn_energy(const unlearn *net); /* S */
uint64_t unlearn_clipped(const unlearn *net);

#endif
