/* A core of any build, timed from inside: each line that is read, ISA MODEL A B C N, has a network
 * of that shape process N samples, and is answered by the ticks of the processor's clock that they
 * took, and a hash of their bits. The networks and what they are told are those of cases.py. For
 * Linux and Windows. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <x86intrin.h>

#include "autoregnn.h"
#include "autoregnn2.h"
#include "isa.h"
#include "unlearn.h"

enum { MOST = 12000 };
static double wave[MOST], square[MOST], out[MOST];

typedef struct {
    char model[16];
    int a, b, c;
    void *net; /* in memory that is never given back: what runs next finds other pages as cold */
} network;

static int is(const network *of, const char *model)
{
    return !strcmp(of->model, model);
}

static void make_unlearn(network *of)
{
    const unlearn_shape shape = {of->a, of->b, 2400, 0};
    static const double controls[] = {60.0, 0.4, 0.4, 0.1, 0.01, 0.0};
    of->net = malloc(unlearn_bytes(&shape));
    unlearn_init(of->net, &shape, 48000.0, 1, 1.0, 0.5);
    for (int k = 0; k < (int)(sizeof controls / sizeof *controls); ++k)
        unlearn_set(of->net, k, controls[k]);
    unlearn_set_activation(of->net, UNLEARN_TANH);
    unlearn_set_energy(of->net, UNLEARN_TANH);
    unlearn_set_integrator(of->net, UNLEARN_SYMPLECTIC);
}

static void make(network *of)
{
    if (is(of, "Unlearn")) {
        make_unlearn(of);
    } else if (is(of, "AutoRegNN")) {
        of->net = malloc(autoregnn_bytes(of->a, of->b, of->c));
        autoregnn_init(of->net, of->a, of->b, of->c, 1, 1.0);
        autoregnn_set(of->net, AUTOREGNN_LR, 0.1);
        autoregnn_set(of->net, AUTOREGNN_RIDGE, 1e-4);
    } else {
        of->net = malloc(autoregnn2_bytes(of->a, of->b, of->c));
        autoregnn2_init(of->net, of->a, of->b, of->c, 1, 1.0);
        autoregnn2_set(of->net, AUTOREGNN2_MIX, 0.5);
        autoregnn2_set(of->net, AUTOREGNN2_LR, 0.1);
        autoregnn2_set(of->net, AUTOREGNN2_RIDGE, 1e-4);
    }
}

static double ticks(network *of, size_t n)
{
    double *outs[] = {out};
    if (is(of, "Unlearn")) unlearn_reset(of->net, 1); /* see cases.py */
    const unsigned long long begin = __rdtsc();
    if (is(of, "Unlearn"))
        unlearn_process(of->net, n, NULL, NULL, outs, 1);
    else if (is(of, "AutoRegNN"))
        autoregnn_process(of->net, n, wave, NULL, out, NULL);
    else
        autoregnn2_process(of->net, n, wave, square, NULL, out, NULL, NULL);
    return (double)(__rdtsc() - begin);
}

/* FNV-1a */
static unsigned hash_of(const void *bytes, size_t count)
{
    unsigned hash = 2166136261u;
    for (size_t i = 0; i < count; ++i)
        hash = (hash ^ ((const unsigned char *)bytes)[i]) * 16777619u;
    return hash;
}

int main(void)
{
    network now = {"", 0, 0, 0, NULL}, asked = now;
    char isa[16];
    unsigned n;
    for (int i = 0; i < MOST; ++i) { /* 200 Hz; no sin(), which Windows has another of */
        const double phase = (i % 240 - 120) / 120.0;
        wave[i] = 4.0 * phase * (1.0 - fabs(phase));
        square[i] = (wave[i] > 0.0) - (wave[i] < 0.0);
    }
    while (scanf("%15s %15s %d %d %d %u", isa, asked.model, &asked.a, &asked.b, &asked.c, &n) ==
           6) {
        if (isa_select(isa) || n > MOST) return 1;
        if (!is(&now, asked.model) || now.a != asked.a || now.b != asked.b || now.c != asked.c) {
            now = asked;
            make(&now);
        }
        const double took = ticks(&now, n);
        printf("%.0f %u\n", took, hash_of(out, n * sizeof *out));
        fflush(stdout);
    }
    return 0;
}
