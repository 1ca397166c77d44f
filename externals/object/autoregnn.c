/* [autoregnn~]: a network that predicts the next sample from the ones before. */
#include "autoregnn.h"

#include "model.h"

enum { SIZE = AUTOREGNN_CONTROLS, WIDTH, LAYERS, SEED, SCALE, LEARN, FADE, FIXED, KEEP, WORDS };

static const word words[WORDS] = {
    [AUTOREGNN_AUTOREG] = {&autoregnn_controls[AUTOREGNN_AUTOREG],
                           REAL(WORD_MOVES, "", "0: it speaks from the input's past, 1: its own.")},
    [AUTOREGNN_LR] = {&autoregnn_controls[AUTOREGNN_LR],
                      REAL(WORD_MOVES, "", "learning rate. 0: nothing is learned.")},
    [AUTOREGNN_RIDGE] = {&autoregnn_controls[AUTOREGNN_RIDGE],
                         REAL(WORD_MOVES, "", "pull of all weights towards 0.")},
    [AUTOREGNN_TEACHER] = {&autoregnn_controls[AUTOREGNN_TEACHER],
                           REAL(
                               WORD_MOVES, "",
                               "0: it learns from what it speaks from, 1: from the input's past.")},
    [SIZE] = {IS("size", 1, AUTOREGNN_SIZE_MAX, 12),
              WHOLE(WORD_REBUILDS, "samples", "how far back it hears.")},
    [WIDTH] = {IS("width", 1, AUTOREGNN_WIDTH_MAX, 8),
               WHOLE(WORD_REBUILDS, "units", "in a layer.")},
    [LAYERS] = {IS("layers", 1, AUTOREGNN_LAYERS_MAX, 1),
                WHOLE(WORD_REBUILDS, "", "hidden layers.")},
    [SEED] = MODEL_SEED,
    [SCALE] = {IS("scale", 0, AUTOREGNN_SCALE_MAX, 1),
               REAL(WORD_AT_RESET, "", "size of the weights that are drawn next.")},
    [LEARN] = {IS("learn", 0, 1, 1), WHOLE(WORD_AT_ONCE, "", "0: as if lr were 0, 1: go on.")},
    [FADE] = MODEL_FADE,
    [FIXED] = MODEL_FIXED,
    [KEEP] = MODEL_KEEP,
};
static const int arguments[] = {AUTOREGNN_AUTOREG, SIZE,           WIDTH, LAYERS,
                                AUTOREGNN_LR,      AUTOREGNN_RIDGE};
static const command commands[] = {MODEL_COMMANDS};

MODEL_FUNCTIONS(autoregnn)

static double high(const double *values, int which)
{
    (void)values;
    return words[which].is->high;
}

static size_t bytes(const double *v)
{
    return autoregnn_bytes((int)v[SIZE], (int)v[WIDTH], (int)v[LAYERS]);
}

static double cells(const double *v)
{
    return v[WIDTH] * (v[SIZE] + 1.0 + (v[LAYERS] - 1.0) * (v[WIDTH] + 1.0));
}

static void shape(const double *v, char *text)
{
    snprintf(text, WORD_TEXT_MAX, "size %g, width %g, layers %g", v[SIZE], v[WIDTH], v[LAYERS]);
}

static void init(void *net, const double *v, double samplerate, uint64_t seed)
{
    (void)samplerate;
    autoregnn_init(net, (int)v[SIZE], (int)v[WIDTH], (int)v[LAYERS], seed, v[SCALE]);
}

static void set(void *net, const double *v, int which)
{
    if (which < AUTOREGNN_CONTROLS) autoregnn_set(net, which, v[which]);
    if (which == SCALE) autoregnn_set_scale(net, v[which]);
}

static void get_weights(const void *net, double *weights)
{
    autoregnn_get_parameters(net, weights);
}

static int set_weight(void *net, size_t index, double value)
{
    return autoregnn_set_parameter(net, index, value);
}

static void list_tensors(const double *v, tensors *t)
{
    static const char *const counts[] = {"clipped", "samples"};
    const size_t size = (size_t)v[SIZE], width = (size_t)v[WIDTH], layers = (size_t)v[LAYERS];
    tensors_add_network(t, "", size, width, layers);
    tensors_end_learnt(t);
    tensors_add(t, "past_in", size, 0, SPECML_SAMPLE_MAX);
    tensors_add(t, "past_out", size, 0, 1.0);
    tensors_add_controls(t, autoregnn_controls, AUTOREGNN_CONTROLS);
    tensors_add_counts(t, counts, 2);
}

static void take(const void *net, double *words, int heard)
{
    const size_t size = (size_t)autoregnn_size(net);
    autoregnn_get_parameters(net, words);
    if (!heard) return;
    words += autoregnn_count(net);
    autoregnn_get_past(net, words, words + size);
    words += 2 * size;
    for (int k = 0; k < AUTOREGNN_CONTROLS; ++k) *words++ = autoregnn_now(net, k);
    words = words_put_count(words, autoregnn_clipped(net));
    words_put_count(words, autoregnn_samples(net));
}

static int put(void *net, const double *words, int heard)
{
    const size_t size = (size_t)autoregnn_size(net);
    int wrong = autoregnn_set_parameters(net, words);
    if (wrong || !heard) return wrong;
    words += autoregnn_count(net);
    wrong = autoregnn_set_past(net, words, words + size);
    words += 2 * size;
    for (int k = 0; k < AUTOREGNN_CONTROLS; ++k) wrong |= autoregnn_set_now(net, k, *words++);
    autoregnn_set_clipped(net, words_get_count(words));
    autoregnn_set_samples(net, words_get_count(words + 1));
    return wrong;
}

static void process(const object_voice *voices, int count, size_t n)
{
    autoregnn_stream streams[OBJECT_ABREAST];
    for (int i = 0; i < count; ++i) {
        const object_voice *v = &voices[i];
        streams[i] = (autoregnn_stream){v->net, v->in[0], v->signals, v->out[0], v->out[1]};
    }
    autoregnn_process_many(streams, (size_t)count, n);
}

const object_model object_autoregnn = {
    .name = "autoregnn",
    .words = words,
    .count = WORDS,
    .controls = AUTOREGNN_CONTROLS,
    .inlets = AUTOREGNN_CONTROLS,
    .commands = commands,
    .command_count = sizeof commands / sizeof *commands,
    .arguments = arguments,
    .argument_count = sizeof arguments / sizeof *arguments,
    .sources = 1,
    .outs = 2,
    .errors = 1,
    .rate = AUTOREGNN_LR,
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
