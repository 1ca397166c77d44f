/* Copies, keeps and restores every model, at every misfit of its memory; built with sanitizers.
 * Prints nothing when all is well; a bit that differs, or a call that should have been refused, is
 * an error. */
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "autoregnn.h"
#include "autoregnn2.h"
#include "unlearn.h"

enum { N = 300 };
static double in[2][N], wild[N], one[3][N], other[3][N];

static void expect(int holds, const char *what)
{
    if (holds) return;
    fprintf(stderr, "not so: %s\n", what);
    exit(1);
}

static void same(const char *what, size_t arrays)
{
    expect(!memcmp(one, other, arrays * sizeof *one), what);
}

/* exactly the bytes asked for, of no value, beginning `misfit` bytes into an allocation */
static void *memory(size_t bytes, size_t misfit, void **whole)
{
    if (!bytes || !(*whole = malloc(bytes + misfit))) exit(2);
    memset(*whole, 0xA5, bytes + misfit);
    return (char *)*whole + misfit;
}

/* ---- AutoRegNN ---- */

static void restore_autoregnn(autoregnn *to, const autoregnn *from)
{
    const size_t count = autoregnn_count(from), size = (size_t)autoregnn_size(from);
    double *parameters = malloc(count * sizeof *parameters),
           *past = malloc(2 * size * sizeof *past);
    autoregnn_get_parameters(from, parameters);
    autoregnn_get_past(from, past, past + size);
    for (int k = 0; k < AUTOREGNN_CONTROLS; ++k) {
        autoregnn_set(to, k, autoregnn_held(from, k));
        autoregnn_set_now(to, k, autoregnn_now(from, k));
    }
    autoregnn_set_scale(to, autoregnn_scale(from));
    autoregnn_set_clipped(to, autoregnn_clipped(from));
    autoregnn_set_samples(to, autoregnn_samples(from));
    expect(!autoregnn_set_parameters(to, parameters), "parameters are taken");
    expect(!autoregnn_set_past(to, past, past + size), "a past is taken");
    past[0] = NAN;
    expect(autoregnn_set_past(to, past, past + size) == -1, "a past that is none is refused");
    free(past);
    free(parameters);
}

static void run_autoregnn(int size, int width, int layers, size_t misfit)
{
    const double *signals[AUTOREGNN_CONTROLS] = {NULL, wild, NULL, wild};
    const size_t bytes = autoregnn_bytes(size, width, layers);
    void *first, *second, *third;
    autoregnn *net = memory(bytes, misfit, &first), *copy = memory(bytes, 56 - misfit, &second);
    autoregnn *fresh = memory(bytes, 0, &third);
    autoregnn_init(net, size, width, layers, 1, 1.0);
    autoregnn_set(net, AUTOREGNN_AUTOREG, 0.5);
    autoregnn_process(net, N, in[0], signals, one[0], one[1]);
    autoregnn_copy(copy, net);
    autoregnn_init(fresh, size, width, layers, 9, 3.0);
    autoregnn_process(fresh, N / 2, in[1], NULL, other[0], NULL);
    restore_autoregnn(fresh, net);
    wild[0] = NAN; /* what a control is now belongs to the state */
    autoregnn_process(net, N, in[1], signals, one[0], one[1]);
    autoregnn_reset(net, 5);
    memset(first, 0, bytes);
    free(first); /* the copy needs nothing of it */
    autoregnn_process(copy, N, in[1], signals, other[0], other[1]);
    same("a copy of an AutoRegNN goes on as it would have", 2);
    autoregnn_process(fresh, N, in[1], signals, other[0], other[1]);
    same("a restored AutoRegNN goes on as it would have", 2);
    for (int which = -1; which <= AUTOREGNN_CONTROLS; which += 1 + AUTOREGNN_CONTROLS) {
        expect(autoregnn_set(copy, which, 1.0) == -1, "no such control to set");
        expect(isnan(autoregnn_held(copy, which)), "no such control to read");
    }
    expect(autoregnn_set(copy, 0, NAN) == -1 && autoregnn_set(copy, INT_MAX, 0.0) == -1, "refused");
    free(second);
    free(third);
}

static void keep_autoregnn(const int from[3], const int to[3])
{
    void *first, *second;
    autoregnn *old = memory(autoregnn_bytes(from[0], from[1], from[2]), 8, &first);
    autoregnn *fresh = memory(autoregnn_bytes(to[0], to[1], to[2]), 16, &second);
    autoregnn_init(old, from[0], from[1], from[2], 1, 1.0);
    autoregnn_init(fresh, to[0], to[1], to[2], 2, 1.0);
    autoregnn_set(old, AUTOREGNN_LR, 0.75);
    autoregnn_set_samples(old, 9);
    autoregnn_keep(fresh, old);
    expect(autoregnn_held(fresh, AUTOREGNN_LR) == 0.75, "controls are kept");
    expect(autoregnn_samples(fresh) == autoregnn_samples(old), "its age is kept");
    autoregnn_process(fresh, N, in[0], NULL, one[0], one[1]);
    free(second);
    free(first);
}

/* ---- AutoRegNN2 ---- */

static void restore_autoregnn2(autoregnn2 *to, const autoregnn2 *from)
{
    const size_t count = autoregnn2_count(from), size = (size_t)autoregnn2_size(from);
    double *parameters = malloc(count * sizeof *parameters),
           *past = malloc(3 * size * sizeof *past);
    autoregnn2_get_parameters(from, parameters);
    autoregnn2_get_past(from, past, past + size, past + 2 * size);
    for (int k = 0; k < AUTOREGNN2_CONTROLS; ++k) autoregnn2_set(to, k, autoregnn2_held(from, k));
    expect(!autoregnn2_set_parameters(to, parameters), "parameters are taken");
    expect(!autoregnn2_set_past(to, past, past + size, past + 2 * size), "a past is taken");
    past[2 * size] = 1.5;
    expect(autoregnn2_set_past(to, past, past + size, past + 2 * size) == -1, "no such output");
    free(past);
    free(parameters);
}

static void run_autoregnn2(int size, int width, int layers, size_t misfit)
{
    const size_t bytes = autoregnn2_bytes(size, width, layers);
    void *first, *second, *third;
    autoregnn2 *pair = memory(bytes, misfit, &first), *copy = memory(bytes, 56 - misfit, &second);
    autoregnn2_init(pair, size, width, layers, 1, 1.0);
    autoregnn2_process(pair, N, in[0], in[1], NULL, one[0], one[1], one[2]);
    autoregnn2_copy(copy, pair);
    autoregnn2 *later = memory(bytes, 0, &third);
    autoregnn2_init(later, size, width, layers, 4, 2.0);
    restore_autoregnn2(later, pair);
    autoregnn2_process(pair, N, in[1], in[0], NULL, one[0], one[1], one[2]);
    free(first);
    autoregnn2_process(copy, N, in[1], in[0], NULL, other[0], other[1], other[2]);
    same("a copy of an AutoRegNN2 goes on as it would have", 3);
    autoregnn2_process(later, N, in[1], in[0], NULL, other[0], other[1], other[2]);
    same("a restored AutoRegNN2 goes on as it would have", 3);
    free(third);
    autoregnn2 *fresh = memory(autoregnn2_bytes(width, size, 2), 24, &third);
    autoregnn2_init(fresh, width, size, 2, 3, 1.0);
    autoregnn2_keep(fresh, copy);
    autoregnn2_process(fresh, N, in[0], in[1], NULL, one[0], one[1], one[2]);
    expect(autoregnn2_set(copy, AUTOREGNN2_CONTROLS, 1.0) == -1, "no such control to set");
    expect(autoregnn2_set(copy, -1, 1.0) == -1 && autoregnn2_set_scale(copy, NAN) == -1, "refused");
    free(third);
    free(second);
}

/* ---- Unlearn ---- */

static void restore_unlearn(unlearn *to, const unlearn *from)
{
    const unlearn_shape s = unlearn_get_shape(from);
    const size_t count = unlearn_count(from), wires = (size_t)(s.neurons * s.inputs);
    double *w = malloc(3 * count * sizeof *w);
    double *past = malloc((size_t)s.neurons * (size_t)s.maxdelay * sizeof *past);
    int64_t *wiring = malloc(2 * wires * sizeof *wiring);
    unlearn_get_synapses(from, w, w + count, w + 2 * count);
    unlearn_get_wiring(from, wiring, wiring + wires);
    unlearn_get_past(from, past);
    expect(!unlearn_set_synapses(to, w, w + count, w + 2 * count), "synapses are taken");
    expect(!unlearn_set_wiring(to, wiring, wiring + wires), "a wiring is taken");
    expect(!unlearn_set_past(to, past), "a past is taken");
    expect(!unlearn_set_energy_sum(to, unlearn_energy_sum(from)), "S is taken");
    unlearn_set_random(to, unlearn_random(from));
    unlearn_set_activation(to, unlearn_get_activation(from));
    unlearn_set_integrator(to, unlearn_get_integrator(from));
    for (int k = 0; k < UNLEARN_CONTROLS; ++k) unlearn_set(to, k, unlearn_held(from, k));
    wiring[0] = s.neurons;
    expect(unlearn_set_wiring(to, wiring, wiring + wires) == -1, "a source that is none");
    wiring[0] = 0;
    wiring[wires] = s.maxdelay + 1;
    expect(unlearn_set_wiring(to, wiring, wiring + wires) == -1, "a delay that is none");
    w[0] = INFINITY;
    expect(unlearn_set_synapses(to, w, w + count, w + 2 * count) == -1, "a weight that is none");
    free(wiring);
    free(past);
    free(w);
}

static void run_unlearn(const unlearn_shape *shape, size_t misfit, int cut)
{
    void *first, *second, *third;
    const size_t bytes = unlearn_bytes(shape);
    unlearn *net = memory(bytes, misfit, &first), *copy = memory(bytes, 56 - misfit, &second);
    unlearn *fresh = memory(bytes, 0, &third);
    double *const mine[] = {one[0]}, *const its[] = {other[0]};
    unlearn_init(net, shape, 48000.0, 1, 2.0, 0.1);
    unlearn_set_activation(net, UNLEARN_COSINE);
    unlearn_process(net, (size_t)cut, NULL, NULL, mine, 1); /* in the midst of what is read ahead */
    unlearn_copy(copy, net);
    unlearn_init(fresh, shape, 48000.0, 7, 1.0, 0.1);
    unlearn_process(fresh, 3, NULL, NULL, its, 1);
    restore_unlearn(fresh, net);
    unlearn_bang(net);
    unlearn_process(net, N, NULL, NULL, mine, 1);
    free(first);
    unlearn_bang(copy);
    unlearn_process(copy, N, NULL, NULL, its, 1);
    same("a copy of an Unlearn goes on as it would have", 1);
    unlearn_bang(fresh);
    unlearn_process(fresh, N, NULL, NULL, its, 1);
    same("a restored Unlearn goes on as it would have", 1);
    unlearn_set(copy, UNLEARN_MU, 5.0);
    unlearn_keep(fresh, copy);
    expect(unlearn_held(fresh, UNLEARN_MU) == 5.0, "controls are kept");
    expect(unlearn_samples(copy) == (uint64_t)cut + N, "a copy is as old");
    expect(unlearn_set(copy, UNLEARN_CONTROLS, 1.0) == -1, "no such control to set");
    expect(unlearn_set(copy, -1, 1.0) == -1 && unlearn_set_excite(copy, NAN) == -1, "refused");
    expect(unlearn_set_energy(copy, -1) == -1, "no such function");
    expect(unlearn_set_activation(copy, UNLEARN_FUNCTIONS) == -1, "no such function either");
    expect(unlearn_set_integrator(copy, UNLEARN_INTEGRATORS) == -1, "no such integrator");
    expect(unlearn_set_samplerate(copy, INFINITY) == -1, "no such rate");
    free(second);
    free(third);
}

int main(void)
{
    const int shapes[][3] = {{12, 8, 1}, {1, 1, 1},  {30, 3, 4},
                             {4, 40, 2}, {9, 17, 8}, {70, 20, 1}};
    enum { SHAPES = sizeof shapes / sizeof *shapes };
    for (int i = 0; i < N; ++i) {
        in[0][i] = sin(0.1 * i);
        in[1][i] = i % 7 ? 0.3 * cos(0.3 * i) : 1e9;
        wild[i] = i % 5 ? 0.01 * (i % 50) : (double)NAN;
    }
    for (int k = 0; k < SHAPES; ++k) {
        const size_t misfit = 8 * (size_t)k;
        run_autoregnn(shapes[k][0], shapes[k][1], shapes[k][2], misfit);
        run_autoregnn2(shapes[k][0], shapes[k][1], shapes[k][2], misfit);
        for (int j = 0; j < SHAPES; ++j) keep_autoregnn(shapes[k], shapes[j]);
        const unlearn_shape shape = {1 + 3 * k, 1 + k, 1 + 9 * k, 5 * k};
        for (int cut = 0; cut < 17; cut += 1 + k) run_unlearn(&shape, misfit, cut);
    }
    return 0;
}
