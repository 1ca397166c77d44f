#include "isa.h"

#include <stdlib.h>
#include <string.h>

#include "autoregnn.h"
#include "autoregnn2.h"
#include "unlearn.h"

typedef void array_function(size_t, const double *, double *);
typedef void autoregnn_loop(const autoregnn_stream *, size_t, size_t);
typedef void autoregnn2_loop(autoregnn2 *, size_t, const double *, const double *,
                             const double *const *, double *, double *, double *);
typedef void unlearn_loop(unlearn *, size_t, const double *const *, const double *const *,
                          double *const *, int);

typedef struct {
    const char *name;
    array_function *tanh, *cosine, *cosine_derivative;
    autoregnn_loop *autoregnn;
    autoregnn2_loop *autoregnn2;
    unlearn_loop *unlearn;
} kernels;

#define DECLARE(isa)                                                                               \
    array_function elementary_tanh_array_##isa, elementary_cosine_array_##isa,                     \
        elementary_cosine_derivative_array_##isa;                                                  \
    autoregnn_loop autoregnn_process_many_##isa;                                                   \
    autoregnn2_loop autoregnn2_process_##isa;                                                      \
    unlearn_loop unlearn_process_##isa;
#define KERNELS(isa)                                                                               \
    {#isa,                                                                                         \
     elementary_tanh_array_##isa,                                                                  \
     elementary_cosine_array_##isa,                                                                \
     elementary_cosine_derivative_array_##isa,                                                     \
     autoregnn_process_many_##isa,                                                                 \
     autoregnn2_process_##isa,                                                                     \
     unlearn_process_##isa}

DECLARE(baseline)
#ifdef SPECML_X86
DECLARE(avx2)
DECLARE(avx512)
#endif

/* worst first */
static const kernels all[] = {
    KERNELS(baseline),
#ifdef SPECML_X86
    KERNELS(avx2),
    KERNELS(avx512),
#endif
};

static const kernels *chosen = all;

static int runs_here(const char *name)
{
#ifdef SPECML_X86
    if (!strcmp(name, "avx2")) return __builtin_cpu_supports("avx2") != 0;
    if (!strcmp(name, "avx512"))
        return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
               __builtin_cpu_supports("avx512vl");
#endif
    return !strcmp(name, "baseline");
}

int isa_select(const char *name)
{
    for (size_t k = 0; k < sizeof all / sizeof *all; ++k)
        if (!strcmp(name, all[k].name) && runs_here(name)) {
            chosen = &all[k];
            return 0;
        }
    return -1;
}

const char *isa_name(void)
{
    return chosen->name;
}

__attribute__((constructor)) static void choose_at_load(void)
{
    const char *wanted = getenv("SPECML_ISA");
    if (wanted && !isa_select(wanted)) return;
    for (size_t k = 0; k < sizeof all / sizeof *all; ++k) isa_select(all[k].name);
}

void elementary_tanh_array(size_t n, const double *x, double *y);
void elementary_cosine_array(size_t n, const double *x, double *y);
void elementary_cosine_derivative_array(size_t n, const double *x, double *y);

void elementary_tanh_array(size_t n, const double *x, double *y)
{
    chosen->tanh(n, x, y);
}

void elementary_cosine_array(size_t n, const double *x, double *y)
{
    chosen->cosine(n, x, y);
}

void elementary_cosine_derivative_array(size_t n, const double *x, double *y)
{
    chosen->cosine_derivative(n, x, y);
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
