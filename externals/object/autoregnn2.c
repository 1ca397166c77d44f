/* [autoregnn2~]: two networks, each learning its own input; what speaks is a mixture of them. */
#include "autoregnn2.h"

#include "model.h"

enum { SIZE = AUTOREGNN2_CONTROLS, WIDTH, LAYERS, SEED, SCALE, LEARN, FADE, FIXED, KEEP, WORDS };

static const word words[WORDS] = {
    [AUTOREGNN2_MIX] = {&autoregnn2_controls[AUTOREGNN2_MIX],
                        REAL(WORD_MOVES, "", "0: the first network speaks, 1: the second.")},
    [AUTOREGNN2_LR] = {&autoregnn2_controls[AUTOREGNN2_LR],
                       REAL(WORD_MOVES, "", "learning rate. 0: nothing is learned.")},
    [AUTOREGNN2_RIDGE] = {&autoregnn2_controls[AUTOREGNN2_RIDGE],
                          REAL(WORD_MOVES, "", "pull of all weights towards 0.")},
    [AUTOREGNN2_AUTOREG] = {&autoregnn2_controls[AUTOREGNN2_AUTOREG],
                            REAL(WORD_MOVES, "",
                                 "0: it speaks from the inputs' past, 1: its own.")},
    [AUTOREGNN2_TEACHER] =
        {&autoregnn2_controls[AUTOREGNN2_TEACHER],
         REAL(WORD_MOVES, "", "0: it learns from what it speaks from, 1: from the inputs' past.")},
    [SIZE] = {IS("size", 1, AUTOREGNN2_SIZE_MAX, 12),
              WHOLE(WORD_REBUILDS, "samples", "how far back it hears.")},
    [WIDTH] = {IS("width", 1, AUTOREGNN2_WIDTH_MAX, 8),
               WHOLE(WORD_REBUILDS, "units", "in a layer.")},
    [LAYERS] = {IS("layers", 1, AUTOREGNN2_LAYERS_MAX, 1),
                WHOLE(WORD_REBUILDS, "", "hidden layers.")},
    [SEED] = MODEL_SEED,
    [SCALE] = {IS("scale", 0, AUTOREGNN2_SCALE_MAX, 1),
               REAL(WORD_AT_RESET, "", "size of the weights that are drawn next.")},
    [LEARN] = {IS("learn", 0, 1, 1), WHOLE(WORD_AT_ONCE, "", "0: as if lr were 0, 1: go on.")},
    [FADE] = MODEL_FADE,
    [FIXED] = MODEL_FIXED,
    [KEEP] = MODEL_KEEP,
};
static const int arguments[] = {AUTOREGNN2_MIX, SIZE, WIDTH, AUTOREGNN2_LR, AUTOREGNN2_RIDGE};
static const command commands[] = {MODEL_COMMANDS};

MODEL_FUNCTIONS(autoregnn2)

static double high(const double *values, int which)
{
    (void)values;
    return words[which].is->high;
}

static size_t bytes(const double *v)
{
    return autoregnn2_bytes((int)v[SIZE], (int)v[WIDTH], (int)v[LAYERS]);
}

static double cells(const double *v)
{
    return 2.0 * v[WIDTH] * (v[SIZE] + 1.0 + (v[LAYERS] - 1.0) * (v[WIDTH] + 1.0));
}

static void shape(const double *v, char *text)
{
    snprintf(text, WORD_TEXT_MAX, "size %g, width %g, layers %g", v[SIZE], v[WIDTH], v[LAYERS]);
}

static void init(void *net, const double *v, double samplerate, uint64_t seed)
{
    (void)samplerate;
    autoregnn2_init(net, (int)v[SIZE], (int)v[WIDTH], (int)v[LAYERS], seed, v[SCALE]);
}

static void set(void *net, const double *v, int which)
{
    if (which < AUTOREGNN2_CONTROLS) autoregnn2_set(net, which, v[which]);
    if (which == SCALE) autoregnn2_set_scale(net, v[which]);
}

static void get_weights(const void *net, double *weights)
{
    autoregnn2_get_parameters(net, weights);
}

static int set_weight(void *net, size_t index, double value)
{
    return autoregnn2_set_parameter(net, index, value);
}

static void list_tensors(const double *v, tensors *t)
{
    static const char *const counts[] = {"clipped", "samples"};
    const size_t size = (size_t)v[SIZE], width = (size_t)v[WIDTH], layers = (size_t)v[LAYERS];
    tensors_add_network(t, "network1.", size, width, layers);
    tensors_add_network(t, "network2.", size, width, layers);
    tensors_end_learnt(t);
    tensors_add(t, "past_in1", size, 0, SPECML_SAMPLE_MAX);
    tensors_add(t, "past_in2", size, 0, SPECML_SAMPLE_MAX);
    tensors_add(t, "past_out", size, 0, 1.0);
    tensors_add_controls(t, autoregnn2_controls, AUTOREGNN2_CONTROLS);
    tensors_add_counts(t, counts, 2);
}

static void take(const void *net, double *words, int heard)
{
    const size_t size = (size_t)autoregnn2_size(net);
    autoregnn2_get_parameters(net, words);
    if (!heard) return;
    words += autoregnn2_count(net);
    autoregnn2_get_past(net, words, words + size, words + 2 * size);
    words += 3 * size;
    for (int k = 0; k < AUTOREGNN2_CONTROLS; ++k) *words++ = autoregnn2_now(net, k);
    words = words_put_count(words, autoregnn2_clipped(net));
    words_put_count(words, autoregnn2_samples(net));
}

static int put(void *net, const double *words, int heard)
{
    const size_t size = (size_t)autoregnn2_size(net);
    int wrong = autoregnn2_set_parameters(net, words);
    if (wrong || !heard) return wrong;
    words += autoregnn2_count(net);
    wrong = autoregnn2_set_past(net, words, words + size, words + 2 * size);
    words += 3 * size;
    for (int k = 0; k < AUTOREGNN2_CONTROLS; ++k) wrong |= autoregnn2_set_now(net, k, *words++);
    autoregnn2_set_clipped(net, words_get_count(words));
    autoregnn2_set_samples(net, words_get_count(words + 1));
    return wrong;
}

static void process(const object_voice *voices, int count, size_t n)
{
    for (int i = 0; i < count; ++i) {
        const object_voice *v = &voices[i];
        autoregnn2_process(v->net, n, v->in[0], v->in[1], v->signals, v->out[0], v->out[1],
                           v->out[2]);
    }
}

const object_model object_autoregnn2 = {
    .name = "autoregnn2",
    .words = words,
    .count = WORDS,
    .controls = AUTOREGNN2_CONTROLS,
    .inlets = AUTOREGNN2_RIDGE + 1,
    .commands = commands,
    .command_count = sizeof commands / sizeof *commands,
    .arguments = arguments,
    .argument_count = sizeof arguments / sizeof *arguments,
    .sources = 2,
    .outs = 3,
    .errors = 2,
    .rate = AUTOREGNN2_LR,
    .learn = LEARN,
    .seed = SEED,
    .fade = FADE,
    .fixed = FIXED,
    .kept = KEEP,
    .multichannel = -1,
    .high = high,
    .bytes = bytes,
    .cells = cells,
    .shape = shape,
    .tensors = list_tensors,
    .count_weights = count_weights,
    .init = init,
    .copy = copy,
    .get_weights = get_weights,
    .keep = keep,
    .set = set,
    .set_weight = set_weight,
    .clear = clear,
    .process = process,
    .now = now,
    .clipped = clipped,
    .take = take,
    .put = put,
};
