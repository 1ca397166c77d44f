#include <stdlib.h>
#include <string.h>

#include "loops.h"
#include "processor.h"

typedef struct {
    const char *name;
    unsigned needs; /* of the processor */
    loops_probe *contracts;
    loops_array *tanh, *cosine, *cosine_derivative;
    loops_autoregnn *autoregnn;
    loops_autoregnn2 *autoregnn2;
    loops_unlearn *unlearn;
} kernels;

#define KERNELS(isa, needs)                                                                        \
    {#isa,                                                                                         \
     needs,                                                                                        \
     isa_contracts_##isa,                                                                          \
     elementary_tanh_array_##isa,                                                                  \
     elementary_cosine_array_##isa,                                                                \
     elementary_cosine_derivative_array_##isa,                                                     \
     autoregnn_process_many_##isa,                                                                 \
     autoregnn2_process_##isa,                                                                     \
     unlearn_process_##isa}

/* worst first */
static const kernels all[] = {
    KERNELS(portable, 0),
    KERNELS(baseline, 0),
#ifdef SPECML_X86
    KERNELS(avx2, PROCESSOR_AVX2),
    KERNELS(avx512, PROCESSOR_AVX512),
#endif
};
enum { ALL = sizeof all / sizeof *all };

static const kernels *chosen; /* NULL: the core refuses to run, */
static char refusal[256];     /* and why, */
static size_t refusal_length; /* in so many characters */

static int has(const kernels *these)
{
    return !(these->needs & ~processor_features());
}

int isa_select(const char *name)
{
    for (size_t k = 0; k < ALL; ++k)
        if (!strcmp(name, all[k].name) && has(&all[k]) && !all[k].contracts()) {
            chosen = &all[k];
            return 0;
        }
    return -1;
}

const char *isa_name(void)
{
    return chosen ? chosen->name : "none";
}

const char *isa_refusal(void)
{
    return chosen ? NULL : refusal;
}

/* as much of a text as has room */
static void add(const char *text)
{
    while (*text && refusal_length + 1 < sizeof refusal) refusal[refusal_length++] = *text++;
}

static void refuse(const char *wanted)
{
    size_t here = 0;
    for (size_t k = 0; wanted && k < ALL; ++k)
        if (has(&all[k]) && !strcmp(wanted, all[k].name)) wanted = NULL; /* it is here, but fails */
    if (!wanted) {
        add("this build fuses multiplications with additions, which changes the bits that are "
            "promised: compile it with -ffp-contract=off");
        return;
    }
    add("this machine can run ");
    for (size_t k = 0; k < ALL; ++k)
        if (has(&all[k])) add(here++ ? ", " : ""), add(all[k].name);
    add(", but SPECML_ISA names \"");
    add(wanted);
    add("\"");
}

__attribute__((constructor)) static void choose_at_load(void)
{
    const char *wanted = getenv("SPECML_ISA");
    if (wanted && !*wanted) wanted = NULL;
    for (size_t k = 0; k < ALL; ++k)
        if (!wanted || !strcmp(wanted, all[k].name)) isa_select(all[k].name);
    if (!chosen) refuse(wanted);
}

void elementary_tanh_array(size_t n, const double *x, double *y);
void elementary_cosine_array(size_t n, const double *x, double *y);
void elementary_cosine_derivative_array(size_t n, const double *x, double *y);

void elementary_tanh_array(size_t n, const double *x, double *y)
{
    if (chosen) chosen->tanh(n, x, y);
}

void elementary_cosine_array(size_t n, const double *x, double *y)
{
    if (chosen) chosen->cosine(n, x, y);
}

void elementary_cosine_derivative_array(size_t n, const double *x, double *y)
{
    if (chosen) chosen->cosine_derivative(n, x, y);
}

void autoregnn_process(autoregnn *net, size_t n, const double *in, const double *const *signals,
                       double *out, double *error)
{
    const autoregnn_stream alone = {net, in, signals, out, error};
    chosen->autoregnn(&alone, 1, n);
}

void autoregnn_process_many(const autoregnn_stream *streams, size_t count, size_t n)
{
    chosen->autoregnn(streams, count, n);
}

void autoregnn2_process(autoregnn2 *pair, size_t n, const double *in1, const double *in2,
                        const double *const *signals, double *out, double *error1, double *error2)
{
    chosen->autoregnn2(pair, n, in1, in2, signals, out, error1, error2);
}

void unlearn_process(unlearn *net, size_t n, const double *const *external,
                     const double *const *signals, double *const *out, int outs)
{
    chosen->unlearn(net, n, external, signals, out, outs);
}
