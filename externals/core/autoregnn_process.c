/* The sample loop of AutoRegNN, by the steps of docs/models.md.
 * Its state is made and read in autoregnn.c. */
#include "autoregnn_inside.h"
#include "loops.h"
#include "network_narrow.h"

/* one sample of `count` networks of one shape, side by side */
static inline __attribute__((always_inline)) void
step(const autoregnn_stream of[], const double in[], double out[], double error[], const int count)
{
    speaker s[NETWORK_ABREAST];
    network *nets[NETWORK_ABREAST];
    const double *spoken[NETWORK_ABREAST], *taught[NETWORK_ABREAST];
    for (int i = 0; i < count; ++i) {
        autoregnn *net = of[i].net;
        const double *c = net->controls, *ins = past_row(&net->in), *outs = past_row(&net->out);
        const size_t size = net->net.size;
        /* 1. what it speaks from, and what it learns from */
        spoken[i] = past_blend(net->spoken, outs, ins, size, c[AUTOREGNN_AUTOREG]);
        taught[i] = past_blend(net->taught, ins, spoken[i], size, c[AUTOREGNN_TEACHER]);
        nets[i] = &net->net;
        s[i] = (speaker){.net = {&net->net},
                         .taught = {taught[i]},
                         .lr = c[AUTOREGNN_LR],
                         .keep = network_decay(c[AUTOREGNN_LR], c[AUTOREGNN_RIDGE])};
    }
    /* 2. learn */
    network_learn(nets, taught, in, error, count);
    /* 3. remember */
    for (int i = 0; i < count; ++i) past_push(&of[i].net->in, in[i]);
    /* 4. speak, in the sweep in which the weights take their step */
    network_speak(s, spoken, out, count, 1);
    for (int i = 0; i < count; ++i) past_push(&of[i].net->out, out[i]);
}

/* `count` streams of one shape, samples t to n */
static inline __attribute__((always_inline)) void process(const autoregnn_stream of[], size_t t,
                                                          size_t n, const int count)
{
    for (; t < n; ++t) {
        double in[NETWORK_ABREAST], out[NETWORK_ABREAST], error[NETWORK_ABREAST];
        for (int i = 0; i < count; ++i) {
            autoregnn *net = of[i].net;
            controls_follow(net->controls, net->held, autoregnn_controls, AUTOREGNN_CONTROLS,
                            of[i].signals, t);
            in[i] = finite_input(of[i].in[t], &net->clipped);
        }
        step(of, in, out, error, count);
        for (int i = 0; i < count; ++i) {
            of[i].out[t] = out[i];
            if (of[i].error) of[i].error[t] = error[i];
        }
    }
}

/* Not inlined into one another: the compiler keeps more in registers. */
#define PROCESS(name, count)                                                                       \
    static __attribute__((noinline)) void name(const autoregnn_stream of[], size_t t, size_t n)    \
    {                                                                                              \
        process(of, t, n, count);                                                                  \
    }
PROCESS(process_one, 1)
PROCESS(process_two, 2)
PROCESS(process_four, 4)

/* 1 if, at sample t, it speaks and learns from its own past alone */
static inline int hears_itself(const autoregnn_stream *of, size_t t)
{
    autoregnn *net = of->net;
    controls_follow(net->controls, net->held, autoregnn_controls, AUTOREGNN_CONTROLS, of->signals,
                    t);
    return net->controls[AUTOREGNN_AUTOREG] == 1.0 && net->controls[AUTOREGNN_TEACHER] == 0.0;
}

/* `nets` narrow networks of one shape from sample t on, as long as all hear themselves; returns
 * where they no longer do. Each stage goes over both, so that one computes while the other waits.
 */
static inline __attribute__((always_inline)) size_t narrow_run(const autoregnn_stream of[],
                                                               size_t t, size_t n, const int nets,
                                                               const int count)
{
    narrow on[2];
#pragma GCC unroll 2
    for (int i = 0; i < nets; ++i)
        narrow_begin(&on[i], &of[i].net->net, past_row(&of[i].net->out), count);
    for (; t < n; ++t) {
        narrow_sample s[2];
        const double *past[2];
        int all = 1;
#pragma GCC unroll 2
        for (int i = 0; i < nets; ++i) all &= hears_itself(&of[i], t);
        if (!all) break;
#pragma GCC unroll 2
        for (int i = 0; i < nets; ++i) {
            autoregnn *net = of[i].net;
            const double *c = net->controls;
            s[i].target = finite_input(of[i].in[t], &net->clipped);
            s[i].lr = c[AUTOREGNN_LR];
            s[i].keep = network_decay(c[AUTOREGNN_LR], c[AUTOREGNN_RIDGE]);
            past[i] = past_row(&net->out); /* 1. */
            narrow_hear(&on[i], &s[i], count);
        }
#pragma GCC unroll 2
        for (int i = 0; i < nets; ++i) narrow_predict(&on[i], &s[i], count);
#pragma GCC unroll 2
        for (int i = 0; i < nets; ++i) narrow_learn(&on[i], &s[i], past[i], count);
#pragma GCC unroll 2
        for (int i = 0; i < nets; ++i) elementary_tanh_chunks(s[i].z, count, SPECML_STATE_MIN);
#pragma GCC unroll 2
        for (int i = 0; i < nets; ++i) {
            const double out = narrow_speak(&on[i], &s[i], past[i], count);
            past_push(&of[i].net->in, s[i].target);
            past_push(&of[i].net->out, out);
            of[i].out[t] = out;
            if (of[i].error) of[i].error[t] = s[i].error;
        }
    }
#pragma GCC unroll 2
    for (int i = 0; i < nets; ++i) narrow_end(&on[i], count);
    return t;
}

/* by fours of units */
#define NARROW(nets, fours)                                                                        \
    static __attribute__((noinline)) size_t narrow_##nets##_##fours(const autoregnn_stream *of,    \
                                                                    size_t t, size_t n)            \
    {                                                                                              \
        return narrow_run(of, t, n, nets, fours * 4 / CHUNK);                                      \
    }
NARROW(1, 2)
NARROW(1, 3)
NARROW(1, 4)
#if CHUNK_DOUBLES == 4 /* with two, registers do not suffice for taking turns */
NARROW(2, 2)
NARROW(2, 3)
NARROW(2, 4)
#endif

/* one network or two, by how many units they have */
static void process_narrow(const autoregnn_stream *of, size_t n, int nets)
{
    static size_t (*const runs[][3])(const autoregnn_stream *, size_t, size_t) = {
        {narrow_1_2, narrow_1_3, narrow_1_4},
#if CHUNK_DOUBLES == 4
        {narrow_2_2, narrow_2_3, narrow_2_4},
#endif
    };
    const size_t width = of->net->net.width, which = width <= 8 ? 0 : width <= 12 ? 1 : 2;
    for (size_t t = 0; t < n; ++t) {
        t = runs[nets - 1][which](of, t, n);
        if (t < n && nets == 1) process_one(of, t, t + 1);
        if (t < n && nets == 2) process_two(of, t, t + 1);
    }
}

/* how many streams, from the first on, can go side by side: those of its shape, if four of them fit
 * into the nearest cache */
static size_t alike(const autoregnn_stream of[], size_t count)
{
    enum { WEIGHTS_MAX = 1536 }; /* 12 kB */
    const network *first = &of[0].net->net;
    size_t same = 1;
    for (; network_weights(first) <= WEIGHTS_MAX && same < count; ++same) {
        const network *next = &of[same].net->net;
        if (next->size != first->size || next->width != first->width ||
            next->layers != first->layers)
            break;
    }
    return same;
}

void ISA(autoregnn_process_many)(const autoregnn_stream *of, size_t count, size_t n)
{
    for (size_t i = 0; i < count; ++i) of[i].net->samples += n;
    while (count > 0) {
        const size_t same = alike(of, count), narrow = (size_t)network_is_narrow(&of->net->net);
        const size_t most = !narrow ? 4 : CHUNK == 4 ? 2 : 1;
        const size_t abreast = same < most ? (same >= 2 ? 2 : 1) : most;
        if (narrow)
            process_narrow(of, n, (int)abreast);
        else if (abreast == 4)
            process_four(of, 0, n);
        else if (abreast == 2)
            process_two(of, 0, n);
        else
            process_one(of, 0, n);
        of += abreast;
        count -= abreast;
    }
}
