/* [unlearn~]: neurons in a delay network whose weights circle and never settle. */
#include "unlearn.h"

#include <string.h>

#include "model.h"
#include "unlearn_presets.h"

enum {
    NEURONS = UNLEARN_CONTROLS,
    INPUTS,
    MAXDELAY,
    EXTERNAL,
    ACTIVATION,
    ENERGY,
    INTEGRATOR,
    SEED,
    SCALE,
    EXCITE,
    LEARN,
    FADE,
    PRESET,
    OUTS,
    MC,
    FIXED,
    KEEP,
    WORDS
};

static const char *const functions[UNLEARN_FUNCTIONS] = {"tanh", "cosine", "cosine-rad", "dip",
                                                         "dip-rad"};
static const char *const integrators[UNLEARN_INTEGRATORS] = {"symplectic", "euler"};
static const char *const presets[UNLEARN_PRESETS] = {
    [UNLEARN_RESONANCES] = "resonances", [UNLEARN_CHATTER] = "chatter",
    [UNLEARN_CLICKS] = "clicks",         [UNLEARN_WIND] = "wind",
    [UNLEARN_BLUBBER] = "blubber",       [UNLEARN_SINE_ADAPT] = "sine-adapt"};

#define CONTROL(which, unit, line)                                                                 \
    [which] = {&unlearn_controls[which], REAL(WORD_MOVES, unit, line)}
/* what a preset names begins as in UNLEARN_DEFAULT, not as here */
static const word words[WORDS] = {
    CONTROL(UNLEARN_LAMBDA, "1/s", "learning rate. 0: nothing is learned."),
    CONTROL(UNLEARN_MU, "", "weight of the neuron's own energy."),
    CONTROL(UNLEARN_NU, "", "weight of the energy of all."),
    CONTROL(UNLEARN_STRENGTH, "", "strength of the limit cycle."),
    CONTROL(UNLEARN_RADIUS, "", "radius of the limit cycle."),
    CONTROL(UNLEARN_FRICTION, "1/s", "friction of the weights."),
    CONTROL(UNLEARN_CENTRE, "", "0: the cycle lies around 0, 1: around the trace of the weight."),
    CONTROL(UNLEARN_PIVOT, "", "0: the weight turns around 0, 1: around its trace."),
    [NEURONS] = {IS("neurons", 1, UNLEARN_NEURONS_MAX, 16), WHOLE(WORD_REBUILDS, "", "neurons.")},
    [INPUTS] = {IS("inputs", 1, UNLEARN_NEURONS_MAX, 3),
                WHOLE(WORD_REBUILDS, "", "neurons that each hears, at most all.")},
    [MAXDELAY] = {IS("maxdelay", 1, UNLEARN_MAXDELAY_MAX, 2400),
                  WHOLE(WORD_REBUILDS, "samples", "how late they may be heard.")},
    [EXTERNAL] = {IS("external", 0, UNLEARN_EXTERNAL_MAX, 1),
                  WHOLE(WORD_REBUILDS, "", "external inputs.")},
    [ACTIVATION] = {IS("activation", 0, UNLEARN_FUNCTIONS - 1, 0),
                    CHOICE(WORD_CHANGES, "function of a neuron.", functions)},
    [ENERGY] = {IS("energy", 0, UNLEARN_FUNCTIONS - 1, 0),
                CHOICE(WORD_CHANGES, "function of its energy.", functions)},
    [INTEGRATOR] = {IS("integrator", 0, UNLEARN_INTEGRATORS - 1, 0),
                    CHOICE(WORD_CHANGES, "how weights move.", integrators)},
    [SEED] = MODEL_SEED,
    [SCALE] = {IS("scale", 0, UNLEARN_SCALE_MAX, 2),
               REAL(WORD_AT_RESET, "", "size of the weights that are drawn next.")},
    [EXCITE] = {IS("excite", 0, 1, 0.1),
                REAL(WORD_AT_RESET, "", "size of the first push, and of a bang.")},
    [LEARN] = {IS("learn", 0, 1, 1), WHOLE(WORD_AT_ONCE, "", "0: as if lambda were 0, 1: go on.")},
    [FADE] = MODEL_FADE,
    [PRESET] = {IS("preset", 0, UNLEARN_PRESETS - 1, UNLEARN_DEFAULT),
                CHOICE(WORD_PRESETS, "all settings of that example.", presets)},
    [OUTS] = {IS("outs", 1, UNLEARN_NEURONS_MAX, 2), WHOLE(WORD_BOX_ONLY, "", "signal outlets.")},
    [MC] = {IS("mc", 0, 1, 0),
            SWITCH("one multichannel outlet instead, a channel for each neuron.")},
    [FIXED] = MODEL_FIXED,
    [KEEP] = MODEL_KEEP,
};
static const int arguments[] = {NEURONS, INPUTS, MAXDELAY};
static const command commands[] = {
    {"bang", "", "push all neurons."},
    MODEL_COMMANDS,
};

MODEL_FUNCTIONS(unlearn)

static double high(const double *v, int which)
{
    return which == INPUTS ? v[NEURONS] : words[which].is->high;
}

static void follow(double *v, int which)
{
    const unlearn_preset *preset = &unlearn_presets[which < 0 ? UNLEARN_DEFAULT : which];
    memcpy(v, preset->controls, sizeof preset->controls);
    v[NEURONS] = preset->shape.neurons;
    v[INPUTS] = preset->shape.inputs;
    v[MAXDELAY] = preset->shape.maxdelay;
    v[EXTERNAL] = preset->shape.external;
    v[ACTIVATION] = preset->activation;
    v[ENERGY] = preset->energy;
    v[INTEGRATOR] = preset->integrator;
    v[SCALE] = preset->scale;
    v[EXCITE] = preset->excite;
}

static unlearn_shape shape_of(const double *v)
{
    const double inputs = v[INPUTS] < v[NEURONS] ? v[INPUTS] : v[NEURONS];
    return (unlearn_shape){(int)v[NEURONS], (int)inputs, (int)v[MAXDELAY], (int)v[EXTERNAL]};
}

static size_t bytes(const double *v)
{
    const unlearn_shape shape = shape_of(v);
    return unlearn_bytes(&shape);
}

static double cells(const double *v)
{
    const unlearn_shape shape = shape_of(v);
    return v[NEURONS] * shape.inputs + v[EXTERNAL];
}

static void shape(const double *v, char *text)
{
    const unlearn_shape shape = shape_of(v);
    snprintf(text, WORD_TEXT_MAX, "%d neurons, inputs %d, maxdelay %d", shape.neurons, shape.inputs,
             shape.maxdelay);
}

static int outs(const double *v)
{
    return (int)(v[MC] != 0.0 ? v[NEURONS] : v[OUTS]);
}

static void set(void *net, const double *v, int which)
{
    if (which < UNLEARN_CONTROLS) unlearn_set(net, which, v[which]);
    if (which == ACTIVATION) unlearn_set_activation(net, (int)v[which]);
    if (which == ENERGY) unlearn_set_energy(net, (int)v[which]);
    if (which == INTEGRATOR) unlearn_set_integrator(net, (int)v[which]);
    if (which == SCALE) unlearn_set_scale(net, v[which]);
    if (which == EXCITE) unlearn_set_excite(net, v[which]);
}

static void init(void *net, const double *v, double samplerate, uint64_t seed)
{
    const unlearn_shape shape = shape_of(v);
    unlearn_init(net, &shape, samplerate, seed, v[SCALE], v[EXCITE]);
    for (int which = ACTIVATION; which <= INTEGRATOR; ++which) set(net, v, which);
}

static void set_samplerate(void *net, double samplerate)
{
    unlearn_set_samplerate(net, samplerate);
}

static int sources_of(const void *net)
{
    return unlearn_get_shape(net).external;
}

/* w of every synapse, neuron by neuron; 0 where an external row feeds no neuron */
static void get_weights(const void *net, double *weights)
{
    unlearn_get_synapses(net, weights, NULL, NULL);
}

static int set_weight(void *net, size_t index, double value)
{
    return unlearn_set_weight(net, index, value);
}

static void list_tensors(const double *v, tensors *t)
{
    static const char *const counts[] = {"random", "clipped", "samples"};
    const unlearn_shape s = shape_of(v);
    const size_t neurons = (size_t)s.neurons, inputs = (size_t)s.inputs;
    const size_t rows = inputs + (size_t)((s.external + s.neurons - 1) / s.neurons);
    tensors_add(t, "w", neurons, rows, UNLEARN_STATE_MAX);
    tensors_add(t, "v", neurons, rows, UNLEARN_STATE_MAX);
    tensors_add(t, "u", neurons, rows, UNLEARN_STATE_MAX);
    tensors_add_whole(t, "source", neurons, inputs, 0.0, (double)s.neurons - 1.0);
    tensors_add_whole(t, "delay", neurons, inputs, 1.0, (double)s.maxdelay);
    tensors_end_learnt(t);
    tensors_add(t, "past_out", neurons, (size_t)s.maxdelay, UNLEARN_STATE_MAX);
    tensors_add(t, "energy_sum", 1, 0, (double)s.neurons);
    tensors_add_controls(t, unlearn_controls, UNLEARN_CONTROLS);
    tensors_add_counts(t, counts, 3);
}

/* nothing stands in an external row where no signal feeds the neuron */
static int accepts(const double *v, const double *words)
{
    const unlearn_shape s = shape_of(v);
    const int rows = s.inputs + (s.external + s.neurons - 1) / s.neurons, part = s.neurons * rows;
    for (int index = 0; index < part; ++index)
        if ((index % rows - s.inputs) * s.neurons + index / rows >= s.external)
            for (int k = 0; k < 3; ++k)
                if (words[k * part + index] != 0.0) return 0;
    return 1;
}

static void take(const void *net, double *words, int heard)
{
    const unlearn_shape s = unlearn_get_shape(net);
    const size_t count = unlearn_count(net), wires = (size_t)(s.neurons * s.inputs);
    unlearn_get_synapses(net, words, words + count, words + 2 * count);
    words += 3 * count;
    unlearn_get_wiring(net, (int64_t *)words, (int64_t *)words + wires);
    if (!heard) return;
    words += 2 * wires;
    unlearn_get_past(net, words);
    words += (size_t)s.neurons * (size_t)s.maxdelay;
    *words++ = unlearn_energy_sum(net);
    for (int k = 0; k < UNLEARN_CONTROLS; ++k) *words++ = unlearn_now(net, k);
    words = words_put_count(words, unlearn_random(net));
    words = words_put_count(words, unlearn_clipped(net));
    words_put_count(words, unlearn_samples(net));
}

static int put(void *net, const double *words, int heard)
{
    const unlearn_shape s = unlearn_get_shape(net);
    const size_t count = unlearn_count(net), wires = (size_t)(s.neurons * s.inputs);
    int wrong = unlearn_set_synapses(net, words, words + count, words + 2 * count);
    words += 3 * count;
    wrong |= unlearn_set_wiring(net, (const int64_t *)words, (const int64_t *)words + wires);
    if (wrong || !heard) return wrong;
    words += 2 * wires;
    wrong = unlearn_set_past(net, words);
    words += (size_t)s.neurons * (size_t)s.maxdelay;
    wrong |= unlearn_set_energy_sum(net, *words++);
    for (int k = 0; k < UNLEARN_CONTROLS; ++k) wrong |= unlearn_set_now(net, k, *words++);
    unlearn_set_random(net, words_get_count(words));
    unlearn_set_clipped(net, words_get_count(words + 1));
    unlearn_set_samples(net, words_get_count(words + 2));
    return wrong;
}

static void bang(void *net)
{
    unlearn_bang(net);
}

/* outputs beyond its neurons are silent */
static void process(const object_voice *voices, int count, size_t n)
{
    for (int i = 0; i < count; ++i) {
        const object_voice *v = &voices[i];
        const int neurons = unlearn_get_shape(v->net).neurons;
        unlearn_process(v->net, n, v->in, v->signals, v->out,
                        v->outs < neurons ? v->outs : neurons);
        for (int j = neurons; j < v->outs; ++j) memset(v->out[j], 0, n * sizeof **v->out);
    }
}

const object_model object_unlearn = {
    .name = "unlearn",
    .words = words,
    .count = WORDS,
    .controls = UNLEARN_CONTROLS,
    .inlets = UNLEARN_CONTROLS,
    .commands = commands,
    .command_count = sizeof commands / sizeof *commands,
    .arguments = arguments,
    .argument_count = sizeof arguments / sizeof *arguments,
    .rate = UNLEARN_LAMBDA,
    .learn = LEARN,
    .seed = SEED,
    .fade = FADE,
    .fixed = FIXED,
    .kept = KEEP,
    .multichannel = MC,
    .high = high,
    .follow = follow,
    .bytes = bytes,
    .cells = cells,
    .shape = shape,
    .asked = outs,
    .tensors = list_tensors,
    .count_weights = count_weights,
    .sources_of = sources_of,
    .init = init,
    .copy = copy,
    .get_weights = get_weights,
    .keep = keep,
    .set = set,
    .set_samplerate = set_samplerate,
    .set_weight = set_weight,
    .clear = clear,
    .bang = bang,
    .process = process,
    .now = now,
    .clipped = clipped,
    .take = take,
    .put = put,
    .accepts = accepts,
};
