/* Unlearn: neurons in a delay network. Each weight is the position of its own small oscillator, so
 * it never comes to rest: to learn is to adapt, to adapt is to forget. Source: L. Doebereiner and
 * D. Pirro, "Speculative Machine Learning in Sound Synthesis", SMC 2024.
 *
 * Synapses stand in rows, neurons as lanes: row k < inputs is input k of every neuron, one further
 * row for each `neurons` external signals: signal j feeds neuron j mod neurons.
 *
 *     const unlearn_shape shape = {16, 3, 2400, 1};
 *     unlearn *net = malloc(unlearn_bytes(&shape));
 *     unlearn_init(net, &shape, 48000, seed, scale, excite);
 *     unlearn_process(net, n, NULL, NULL, out, outs);
 * What comes out does not depend on how the stream is cut. Memory and [threads]: see specml.h. */
#ifndef SPECML_UNLEARN_H
#define SPECML_UNLEARN_H

#include "specml.h"

#ifdef __cplusplus
extern "C" {
#endif

enum {
    UNLEARN_NEURONS_MAX = 1024,
    UNLEARN_EXTERNAL_MAX = 1024,
    UNLEARN_MAXDELAY_MAX = 480000, /* samples */
    UNLEARN_SCALE_MAX = 100
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
extern const specml_control unlearn_controls[UNLEARN_CONTROLS];

typedef enum {
    UNLEARN_TANH,
    UNLEARN_COSINE,     /* (1 + cos(pi x)) / 2 */
    UNLEARN_COSINE_RAD, /* (1 + cos x) / 2 */
    UNLEARN_DIP,        /* (1 - cos(pi x)) / 2 */
    UNLEARN_DIP_RAD,    /* (1 - cos x) / 2 */
    UNLEARN_FUNCTIONS
} unlearn_function;
typedef enum { UNLEARN_SYMPLECTIC, UNLEARN_EULER, UNLEARN_INTEGRATORS } unlearn_integrator;

typedef struct unlearn_shape {
    int neurons;  /* N, 1..1024 */
    int inputs;   /* K, 1..N, inputs of a neuron from the network */
    int maxdelay; /* samples, 1..480000 */
    int external; /* M, external signals, 0..1024 */
} unlearn_shape;

typedef struct unlearn unlearn; /* what is in it: unlearn_inside.h */

/* ---- to make one ---- */

/* [any] Bytes to hand to init or copy; 0 if a number is out of range. */
size_t unlearn_bytes(const unlearn_shape *shape);
/* [message] 0, or -1 and nothing written if a number is out of range; samplerate in Hz, 1..1e6. */
int unlearn_init(unlearn *net, const unlearn_shape *shape, double samplerate, uint64_t seed,
                 double scale, double excite);
/* [message] `to` becomes a second `from`: memory for its shape, whatever was in it. From then on
 * both go on by themselves. */
void unlearn_copy(unlearn *to, const unlearn *from);
/* [audio] What a new shape keeps of an old one: the controls. Its synapses are another draw. */
void unlearn_keep(unlearn *to, const unlearn *from);
/* [message] New synapses; forgets sound. */
void unlearn_reset(unlearn *net, uint64_t seed);
/* [audio] Forgets sound and the count of repaired samples, keeps synapses. */
void unlearn_clear(unlearn *net);
/* [audio] Pushes the newest output of each neuron. */
void unlearn_bang(unlearn *net);

/* ---- to set it: numbers are clamped to their range; 0, or -1 and nothing changed if a number is
 * not finite or there is no such control, function or integrator ---- */

int unlearn_set(unlearn *net, int which, double value);      /* [audio] what a control holds */
int unlearn_set_samplerate(unlearn *net, double samplerate); /* [audio] 1..1e6 Hz */
int unlearn_set_scale(unlearn *net, double scale);           /* [audio] at the next reset */
int unlearn_set_excite(unlearn *net, double excite);         /* [audio] at the next bang too */
int unlearn_set_activation(unlearn *net, int activation);    /* [audio] an unlearn_function */
int unlearn_set_energy(unlearn *net, int energy);            /* [audio] an unlearn_function */
int unlearn_set_integrator(unlearn *net, int integrator);    /* [audio] an unlearn_integrator */

/* ---- sound ---- */

/* [audio] external: (external,) pointers to (n,), or NULL for silence. signals: a pointer to (n,)
 * for each control, NULL for one that holds its value; or NULL. out: (outs,) pointers to (n,), 1 <=
 * outs <= neurons: out j is the mean of neurons i with i mod outs = j, so outs = neurons gives each
 * its own. Outputs may be any of the inputs' arrays. */
void unlearn_process(unlearn *net, size_t n, const double *const *external,
                     const double *const *signals, double *const *out, int outs);

/* ---- to read it. Synapses stand by index = neuron x rows + row; a neuron that no signal feeds in
 * an external row has none there, and its values read 0. ---- */

unlearn_shape unlearn_get_shape(const unlearn *net); /* [any] */
size_t unlearn_count(const unlearn *net);            /* [any] neurons x rows */
double unlearn_held(const unlearn *net, int which);  /* [audio] NaN for no control */
double unlearn_now(const unlearn *net, int which);   /* [audio] the same */
double unlearn_samplerate(const unlearn *net);       /* [audio] Hz */
double unlearn_scale(const unlearn *net);            /* [audio] */
double unlearn_excite(const unlearn *net);           /* [audio] */
int unlearn_get_activation(const unlearn *net);      /* [audio] an unlearn_function */
int unlearn_get_energy(const unlearn *net);          /* [audio] an unlearn_function */
int unlearn_get_integrator(const unlearn *net);      /* [audio] an unlearn_integrator */
double unlearn_energy_sum(const unlearn *net);       /* [audio] S, the sum of the last outputs */
uint64_t unlearn_random(const unlearn *net);         /* [audio] state of what the next bang draws */
uint64_t unlearn_clipped(const unlearn *net);        /* [audio] external samples repaired */
uint64_t unlearn_samples(const unlearn *net);        /* [audio] since its synapses were drawn */
/* [message] (neurons, rows) each; NULL for what is not wanted */
void unlearn_get_synapses(const unlearn *net, double *weights, double *velocities, double *traces);
/* [message] (neurons, inputs) each: the neuron heard, the delay in samples */
void unlearn_get_wiring(const unlearn *net, int64_t *sources, int64_t *delays);
/* [message] (neurons, maxdelay) the last outputs, newest first */
void unlearn_get_past(const unlearn *net, double *past);

/* ---- to write what it learnt and remembers: 0, or -1 and nothing written. All of it, written into
 * a model of the same shape, makes an equal one. ---- */

/* [audio] -1: no synapse there, value not finite or beyond +-1e6. */
int unlearn_set_weight(unlearn *net, size_t index, double value);
/* [message] -1: the same; 0 where there is no synapse. */
int unlearn_set_synapses(unlearn *net, const double *weights, const double *velocities,
                         const double *traces);
/* [message] -1: a source beyond 0..neurons - 1, a delay beyond 1..maxdelay. */
int unlearn_set_wiring(unlearn *net, const int64_t *sources, const int64_t *delays);
/* [message] -1: an output not finite or beyond +-1e6. */
int unlearn_set_past(unlearn *net, const double *past);
int unlearn_set_energy_sum(unlearn *net, double sum);       /* [audio] -1: beyond +-neurons */
int unlearn_set_now(unlearn *net, int which, double value); /* [audio] as if a signal had said so */
void unlearn_set_random(unlearn *net, uint64_t random);     /* [audio] */
void unlearn_set_clipped(unlearn *net, uint64_t clipped);   /* [audio] */
void unlearn_set_samples(unlearn *net, uint64_t samples);   /* [audio] */

#ifdef __cplusplus
}
#endif

#endif
