/* Runs every model over the source's examples, odd sizes and extremes; built with sanitizers.
 * Prints nothing when all is well; a number that is not finite is an error. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "autoregnn.h"
#include "autoregnn2.h"
#include "isa.h"
#include "random.h"
#include "unlearn_presets.h"

enum { N = 4800, BLOCK = 64 };
static const double special[] = {NAN,    INFINITY, -INFINITY, 1e6,    -1e6,     1e300,
                                 -1e300, 0x1p-126, 0x1p-130,  5e-324, 0x1p-500, -0.0};
enum { SPECIALS = sizeof special / sizeof *special };

static double noise[N], wild[N], sine[N], out[3][N];
static double *many[UNLEARN_NEURONS_MAX];

static void check(const char *what, const double *x, size_t n)
{
    for (size_t i = 0; i < n; ++i)
        if (!isfinite(x[i])) {
            fprintf(stderr, "%s[%zu] is %a\n", what, i, x[i]);
            exit(1);
        }
}

/* exactly the bytes asked for, beginning `misfit` bytes into an allocation */
static void *memory(size_t bytes, size_t misfit, void **whole)
{
    if (!bytes || !(*whole = malloc(bytes + misfit))) exit(2);
    return (char *)*whole + misfit;
}

static void run_autoregnn(int size, int width, int layers, double lr, double ridge, size_t misfit)
{
    void *whole;
    autoregnn *net = memory(autoregnn_bytes(size, width, layers), misfit, &whole);
    if (autoregnn_init(net, size, width, layers, 1, 1.0)) exit(2);
    const double *signals[AUTOREGNN_CONTROLS] = {wild, NULL, wild, noise};
    autoregnn_set(net, AUTOREGNN_LR, lr);
    autoregnn_set(net, AUTOREGNN_RIDGE, ridge);
    for (size_t at = 0; at < N; at += BLOCK)
        autoregnn_process(net, BLOCK, sine + at, NULL, out[0] + at, out[1] + at);
    check("autoregnn", out[0], N);
    autoregnn_process(net, N / 10, wild, signals, out[0], NULL);
    check("autoregnn, wild", out[0], N / 10);
    autoregnn_set(net, AUTOREGNN_LR, 10.0);
    autoregnn_process(net, N / 10, wild, NULL, out[0], out[1]);
    check("autoregnn, errors", out[1], N / 10);

    const size_t count = autoregnn_count(net);
    double *parameters = malloc(count * sizeof *parameters);
    double *past = malloc(2 * (size_t)size * sizeof *past);
    autoregnn_get_parameters(net, parameters);
    check("autoregnn, parameters", parameters, count);
    for (size_t i = 0; i < count; ++i) parameters[i] = i % 2 ? 0x1p500 : -0x1p500;
    if (autoregnn_set_parameters(net, parameters)) exit(2);
    if (autoregnn_set_parameter(net, count - 1, 0x1p-500)) exit(2);
    if (!autoregnn_set_parameter(net, count, 0.0)) exit(2);
    autoregnn_process(net, 100, noise, signals, out[0], out[1]);
    check("autoregnn, large weights", out[1], 100);
    autoregnn_get_past(net, past, past + size);
    autoregnn_set_scale(net, NAN);
    autoregnn_reset(net, UINT64_MAX);
    autoregnn_clear(net);
    free(past);
    free(parameters);
    free(whole);
}

static void run_autoregnn2(int size, int width, int layers, size_t misfit)
{
    void *whole;
    autoregnn2 *pair = memory(autoregnn2_bytes(size, width, layers), misfit, &whole);
    if (autoregnn2_init(pair, size, width, layers, 1, 1.0)) exit(2);
    const double *signals[AUTOREGNN2_CONTROLS] = {noise, wild, NULL, NULL, wild};
    autoregnn2_process(pair, N / 4, sine, noise, NULL, out[0], out[1], out[2]);
    autoregnn2_process(pair, N / 10, wild, noise, signals, out[0], NULL, NULL);
    check("autoregnn2", out[0], N / 10);
    const size_t count = autoregnn2_count(pair);
    double *parameters = malloc(count * sizeof *parameters);
    double *past = malloc(3 * (size_t)size * sizeof *past);
    autoregnn2_get_parameters(pair, parameters);
    check("autoregnn2, parameters", parameters, count);
    if (autoregnn2_set_parameters(pair, parameters)) exit(2);
    if (autoregnn2_set_parameter(pair, count - 1, 1.0)) exit(2);
    if (!autoregnn2_set_parameter(pair, count, 0.0)) exit(2);
    autoregnn2_get_past(pair, past, past + size, past + 2 * size);
    autoregnn2_reset(pair, 7);
    autoregnn2_clear(pair);
    free(past);
    free(parameters);
    free(whole);
}

static void read_unlearn(unlearn *net)
{
    const unlearn_shape shape = unlearn_get_shape(net);
    const size_t count = unlearn_count(net), wires = (size_t)(shape.neurons * shape.inputs);
    const size_t samples = (size_t)(shape.neurons * shape.maxdelay);
    double *parts = malloc(3 * count * sizeof *parts);
    double *past = malloc(samples * sizeof *past);
    int64_t *wiring = malloc(2 * wires * sizeof *wiring);
    unlearn_get_synapses(net, parts, parts + count, parts + 2 * count);
    check("unlearn, synapses", parts, 3 * count);
    unlearn_get_past(net, past);
    check("unlearn, past", past, samples);
    unlearn_get_wiring(net, wiring, wiring + wires);
    for (size_t i = 0; i <= count; ++i) unlearn_set_weight(net, i, i % 2 ? 1e6 : -1e6);
    if (!unlearn_set_weight(net, count, 0.0) || !unlearn_set_weight(net, 0, INFINITY)) exit(2);
    free(wiring);
    free(past);
    free(parts);
}

static void run_unlearn(const unlearn_preset *p, double seconds, size_t misfit)
{
    void *whole;
    unlearn *net = memory(unlearn_bytes(&p->shape), misfit, &whole);
    if (unlearn_init(net, &p->shape, 48000.0, 1, p->scale, p->excite)) exit(2);
    unlearn_set_activation(net, p->activation);
    unlearn_set_energy(net, p->energy);
    unlearn_set_integrator(net, p->integrator);
    for (int k = 0; k < UNLEARN_CONTROLS; ++k) unlearn_set(net, k, p->controls[k]);
    const double *heard[UNLEARN_EXTERNAL_MAX];
    for (int j = 0; j < p->shape.external; ++j) heard[j] = j % 2 ? noise : sine;
    for (int i = 0; i < p->shape.neurons; ++i) many[i] = out[i % 3];
    for (size_t n = (size_t)(seconds * 48000.0); n >= N; n -= N) {
        unlearn_process(net, N, heard, NULL, many, p->shape.neurons);
        check(p->name, out[0], N);
        unlearn_bang(net);
    }
    for (int j = 0; j < p->shape.external; ++j) heard[j] = wild;
    const double *signals[UNLEARN_CONTROLS] = {wild, wild, noise, NULL, wild, noise, wild, wild};
    unlearn_process(net, N / 20, heard, signals, many, 1);
    unlearn_process(net, N / 20, NULL, NULL, many, (p->shape.neurons + 1) / 2);
    check(p->name, out[0], N / 20);
    read_unlearn(net);
    unlearn_process(net, N / 20, NULL, NULL, many, 1);
    unlearn_set_samplerate(net, 1.0);
    unlearn_reset(net, 3);
    unlearn_process(net, 100, heard, NULL, many, 1);
    check("unlearn, slow", out[0], 100);
    free(whole);
}

static void make_signals(void)
{
    uint64_t random = 1;
    double re = 1.0, im = 0.0;
    for (size_t i = 0; i < N; ++i) {
        noise[i] = random_bipolar(&random);
        wild[i] = i % 3 ? special[random_next(&random) % SPECIALS] : 3.0 * noise[i];
        const double turned = re - 0.026 * im; /* a sine near 200 Hz */
        im = im + 0.026 * turned;
        re = turned;
        sine[i] = im;
    }
}

static void run_all(double seconds)
{
    /* the source's examples: sine, fm, saw, interpolate, multislider */
    run_autoregnn(12, 8, 1, 0.1, 1e-4, 0);
    run_autoregnn(12, 8, 1, 0.6, 1e-2, 8);
    run_autoregnn(12, 10, 1, 1.0, 1e-5, 16);
    run_autoregnn2(12, 8, 1, 0);
    run_autoregnn(8, 8, 1, 0.5, 1e-2, 24);
    for (int k = 0; k < UNLEARN_PRESETS; ++k)
        run_unlearn(&unlearn_presets[k], seconds, 8 * (size_t)k);
    /* odd sizes, at every misfit */
    for (int k = 1; k <= 40; k += 3) {
        run_autoregnn(41 - k, k, 1 + k % 3, 0.1, 1e-4, (size_t)(k % 8) * 8);
        run_autoregnn2(k, 41 - k, 1 + k % 4, (size_t)(k % 8) * 8);
        unlearn_preset odd = unlearn_presets[k % UNLEARN_PRESETS];
        odd.shape = (unlearn_shape){k, 1 + k / 2, 1 + k % 5, (k * 7) % (3 * k)};
        odd.activation = (unlearn_function)(k % UNLEARN_FUNCTIONS);
        odd.energy = (unlearn_function)(k / 2 % UNLEARN_FUNCTIONS);
        odd.integrator = k % 2 ? UNLEARN_EULER : UNLEARN_SYMPLECTIC;
        run_unlearn(&odd, 0.1, (size_t)(k % 8) * 8);
    }
    /* sizes that no arena may be made for */
    const unlearn_shape wrong = {4, 5, 10, 1};
    if (unlearn_bytes(&wrong) || autoregnn_bytes(0, 1, 1) || autoregnn2_bytes(1, 1025, 1)) exit(2);
}

int main(int count, char **arguments)
{
    make_signals();
    run_all(count > 1 ? atof(arguments[1]) : 1.0);
    return isa_select("none") == -1 ? 0 : 1;
}
