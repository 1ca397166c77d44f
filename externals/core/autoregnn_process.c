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

/* A narrow network from sample t on, as long as it speaks and learns from its own past alone;
 * returns where it no longer does. */
static inline __attribute__((always_inline)) size_t narrow_run(const autoregnn_stream *of, size_t t,
                                                               size_t n, const int count)
{
    autoregnn *net = of->net;
    const double *c = net->controls;
    narrow on;
    narrow_begin(&on, &net->net, past_row(&net->out), count);
    for (; t < n; ++t) {
        controls_follow(net->controls, net->held, autoregnn_controls, AUTOREGNN_CONTROLS,
                        of->signals, t);
        if (c[AUTOREGNN_AUTOREG] != 1.0 || c[AUTOREGNN_TEACHER] != 0.0) break;
        const double in = finite_input(of->in[t], &net->clipped);
        const double keep = network_decay(c[AUTOREGNN_LR], c[AUTOREGNN_RIDGE]);
        double error;
        /* 1., 2. and 4. */
        const double out =
            narrow_step(&on, past_row(&net->out), in, c[AUTOREGNN_LR], keep, &error, count);
        /* 3. remember */
        past_push(&net->in, in);
        past_push(&net->out, out);
        of->out[t] = out;
        if (of->error) of->error[t] = error;
    }
    narrow_end(&on, count);
    return t;
}

#define NARROW(count)                                                                              \
    static __attribute__((noinline)) size_t narrow_##count(const autoregnn_stream *of, size_t t,   \
                                                           size_t n)                               \
    {                                                                                              \
        return narrow_run(of, t, n, count);                                                        \
    }
NARROW(1)
NARROW(2)
NARROW(3)
NARROW(4)
#if CHUNK_DOUBLES == 2
NARROW(5)
NARROW(6)
NARROW(7)
NARROW(8)
#endif

/* by the chunks that hold its units */
static void process_narrow(const autoregnn_stream *of, size_t n)
{
    static size_t (*const runs[])(const autoregnn_stream *, size_t, size_t) = {
        narrow_1, narrow_2, narrow_3, narrow_4,
#if CHUNK_DOUBLES == 2
        narrow_5, narrow_6, narrow_7, narrow_8,
#endif
    };
    const size_t chunks = (of->net->net.width + CHUNK - 1) / CHUNK;
    for (size_t t = 0; t < n; ++t) {
        t = runs[chunks - 1](of, t, n);
        if (t < n) process_one(of, t, t + 1);
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
    while (count > 0) {
        const size_t same = alike(of, count), abreast = same >= 4 ? 4 : same >= 2 ? 2 : 1;
        if (abreast == 4)
            process_four(of, 0, n);
        else if (abreast == 2)
            process_two(of, 0, n);
        else if (network_is_narrow(&of->net->net))
            process_narrow(of, n);
        else
            process_one(of, 0, n);
        of += abreast;
        count -= abreast;
    }
}
