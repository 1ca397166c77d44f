/* Plays one network of a core that was built as a library, which need not be of this system:
 *
 *     core LIBRARY MODEL NUMBERS..
 *
 * The numbers: for autoregnn and autoregnn2 size, width, layers, seed, scale; for unlearn neurons,
 * inputs, maxdelay, external, seed, scale, excite, activation, energy, integrator; then for every
 * model how many samples are to be said, at how many outputs, how many parameters are drawn from
 * the first one on, and for each of its inlets a value, `signal`, or `-` for what it is by itself.
 * Drawn parameters come from stdin, then the signals, one whole signal after another; what is said
 * goes to stdout in the same way. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "autoregnn.h"
#include "autoregnn2.h"
#include "isa.h"
#include "unlearn.h"

#include "dlopen.h"

enum { INLETS = 16, OUTPUTS = 1024 };

static void *library;
static char **words;
static size_t samples, drawn;
static int outs;
static double *parameters, *out[OUTPUTS];
static double values[INLETS];
static const double *signals[INLETS]; /* NULL: the value */
static int inlets;

#define FIND(name) __typeof__(name) *const its_##name = (__typeof__(name) *)find(#name)

static void (*find(const char *name))(void)
{
    void *found = dlsym(library, name);
    if (!found) exit((fprintf(stderr, "error: there is no %s\n", name), 4));
    return (void (*)(void))found;
}

static int whole(void)
{
    return atoi(*words++);
}

static double real(void)
{
    return strtod(*words++, NULL);
}

static uint64_t seed(void)
{
    return strtoull(*words++, NULL, 10);
}

static double *read_doubles(size_t count)
{
    double *x = malloc((count + 1) * sizeof *x);
    if (!x || fread(x, sizeof *x, count, stdin) != count) exit(5);
    return x;
}

static void read_rest(void)
{
    samples = (size_t)whole(), outs = whole(), drawn = (size_t)whole();
    parameters = read_doubles(drawn);
    for (; *words; ++words, ++inlets) {
        if (!strcmp(*words, "signal"))
            signals[inlets] = read_doubles(samples);
        else
            values[inlets] = strcmp(*words, "-") ? strtod(*words, NULL) : NAN; /* is not taken */
    }
    for (int k = 0; k < outs; ++k) out[k] = calloc(samples + 1, sizeof **out);
}

/* ---- the models: the first inlets hear, the others are controls ---- */

static void play_autoregnn(void)
{
    FIND(autoregnn_bytes);
    FIND(autoregnn_init);
    FIND(autoregnn_set);
    FIND(autoregnn_set_parameter);
    FIND(autoregnn_process);
    const int size = whole(), width = whole(), layers = whole();
    autoregnn *net = malloc(its_autoregnn_bytes(size, width, layers));
    const uint64_t drawing = seed();
    if (!net || its_autoregnn_init(net, size, width, layers, drawing, real())) exit(6);
    read_rest();
    for (size_t k = 0; k < drawn; ++k) its_autoregnn_set_parameter(net, k, parameters[k]);
    for (int k = 1; k < inlets; ++k) its_autoregnn_set(net, k - 1, values[k]);
    its_autoregnn_process(net, samples, signals[0], signals + 1, out[0], out[1]);
}

static void play_autoregnn2(void)
{
    FIND(autoregnn2_bytes);
    FIND(autoregnn2_init);
    FIND(autoregnn2_set);
    FIND(autoregnn2_process);
    const int size = whole(), width = whole(), layers = whole();
    autoregnn2 *pair = malloc(its_autoregnn2_bytes(size, width, layers));
    const uint64_t drawing = seed();
    if (!pair || its_autoregnn2_init(pair, size, width, layers, drawing, real())) exit(6);
    read_rest();
    for (int k = 2; k < inlets; ++k) its_autoregnn2_set(pair, k - 2, values[k]);
    its_autoregnn2_process(pair, samples, signals[0], signals[1], signals + 2, out[0], out[1],
                           out[2]);
}

static void play_unlearn(void)
{
    FIND(unlearn_bytes);
    FIND(unlearn_init);
    FIND(unlearn_set);
    FIND(unlearn_set_activation);
    FIND(unlearn_set_energy);
    FIND(unlearn_set_integrator);
    FIND(unlearn_process);
    unlearn_shape shape;
    shape.neurons = whole(), shape.inputs = whole(), shape.maxdelay = whole();
    shape.external = whole();
    unlearn *net = malloc(its_unlearn_bytes(&shape));
    const uint64_t drawing = seed();
    const double scale = real(), excite = real();
    if (!net || its_unlearn_init(net, &shape, 48000.0, drawing, scale, excite)) exit(6);
    its_unlearn_set_activation(net, (unlearn_function)whole());
    its_unlearn_set_energy(net, (unlearn_function)whole());
    its_unlearn_set_integrator(net, (unlearn_integrator)whole());
    read_rest();
    for (int k = 1; k < inlets; ++k) its_unlearn_set(net, k - 1, values[k]);
    its_unlearn_process(net, samples, signals[0] ? signals : NULL, signals + 1, out, outs);
}

int main(int argc, char **given)
{
    greet();
    library = argc > 3 ? dlopen(given[1], RTLD_NOW) : NULL;
    if (!library) return fprintf(stderr, "error: it cannot be loaded\n"), 1;
    FIND(isa_refusal);
    if (its_isa_refusal()) return fprintf(stderr, "error: %s\n", its_isa_refusal()), 2;
    words = given + 3;
    if (!strcmp(given[2], "autoregnn")) play_autoregnn();
    if (!strcmp(given[2], "autoregnn2")) play_autoregnn2();
    if (!strcmp(given[2], "unlearn")) play_unlearn();
    for (int k = 0; k < outs; ++k) fwrite(out[k], sizeof **out, samples, stdout);
    return 0;
}
