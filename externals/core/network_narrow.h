/* The loop of a narrow network, one layer of at most 16 units, that hears its own past alone, as
 * the source's examples do: what it learns from is what it speaks from. The same operations as in
 * network_learn.h and network_speak.h, each with the same operands, so the same bits; but while
 * one tanh is on its way, weights take their steps, and the next sample's sums begin. Only what
 * depends on the newest sample waits for it. A sample is cut into stages, so that two networks can
 * take turns. Inlined into the sample loops. */
#ifndef SPECML_NETWORK_NARROW_H
#define SPECML_NETWORK_NARROW_H

#include "network_speak.h"

enum { NARROW_WIDTH_MAX = 16, NARROW_CHUNKS_MAX = NARROW_WIDTH_MAX / CHUNK };

static inline int network_is_narrow(const network *net)
{
    return net->layers == 1 && net->width <= NARROW_WIDTH_MAX;
}

/* what goes from one sample to the next in registers */
typedef struct {
    const network *net;
    double *w;          /* (size + 1, lanes) weights; the last row are biases */
    double *out;        /* (lanes,) the output's weights, then its bias */
    size_t size, lanes; /* as in network */
    chunk wo[NARROW_CHUNKS_MAX];
    chunk_bits units[NARROW_CHUNKS_MAX]; /* all ones; 0 where there is padding */
    double bo;
    chunk partial[NARROW_CHUNKS_MAX]; /* bias and all products but that of the newest sample */
    double newest;
} narrow;

/* the sum of products with wo, in the order of lanes_dot; what is padding adds nothing */
static inline __attribute__((always_inline)) double narrow_dot(const chunk wo[], const chunk a[],
                                                               const int count)
{
    enum { BLOCK = LANES / CHUNK };
    chunk sum[BLOCK];
    for (int q = 0; q < BLOCK; ++q) sum[q] = chunk_of(0.0);
    for (int q = 0; q < BLOCK && q < count; ++q) sum[q] = wo[q] * a[q];
    for (int q = BLOCK; q < count; ++q) sum[q % BLOCK] += wo[q] * a[q];
    return chunk_tree(sum);
}

/* past: (size,) oldest first */
static inline __attribute__((always_inline)) void narrow_begin(narrow *on, const network *net,
                                                               const double *past, const int count)
{
    on->net = net;
    on->w = net->weights;
    on->out = network_layer(net, 1);
    on->size = net->size;
    on->lanes = net->lanes;
    on->bo = on->out[on->lanes];
    on->newest = past[on->size - 1];
    for (int unit = 0; unit < count * CHUNK; ++unit)
        on->units[unit / CHUNK][unit % CHUNK] = (size_t)unit < net->width ? ~UINT64_C(0) : 0;
    for (int q = 0; q < count; ++q) {
        on->wo[q] = chunk_load(on->out + q * CHUNK);
        on->partial[q] = chunk_load(on->w + on->size * on->lanes + q * CHUNK);
    }
    for (size_t row = 0; row + 1 < on->size; ++row)
        for (int q = 0; q < count; ++q)
            on->partial[q] += chunk_load(on->w + row * on->lanes + q * CHUNK) * past[row];
}

static inline __attribute__((always_inline)) void narrow_end(const narrow *on, const int count)
{
    for (int q = 0; q < count; ++q) chunk_store(on->out + q * CHUNK, on->wo[q]);
    on->out[on->lanes] = on->bo;
}

/* w = keep w - step x, still with what is too small to be kept */
static inline __attribute__((always_inline)) chunk narrow_stepped(double *w, double keep,
                                                                  chunk step, double x)
{
    const chunk stepped = keep * chunk_load(w) - step * x;
    chunk_store(w, stepped);
    return stepped;
}

/* every weight of the layer steps; z becomes the sum to speak from */
static inline __attribute__((always_inline)) void
narrow_step_and_weigh(const narrow *on, const double *past, double keep, const chunk step[],
                      chunk z[], const int count)
{
    double *w = on->w;
    for (int q = 0; q < count; ++q)
        z[q] = narrow_stepped(w + on->size * on->lanes + q * CHUNK, 1.0, step[q], 1.0);
    for (size_t row = 0; row + 1 < on->size; ++row, w += on->lanes)
        for (int q = 0; q < count; ++q)
            z[q] += narrow_stepped(w + q * CHUNK, keep, step[q], past[row]) * past[row];
    for (int q = 0; q < count; ++q)
        z[q] += narrow_stepped(w + q * CHUNK, keep, step[q], on->newest) * on->newest;
}

/* `partial` becomes that of the next sample, whose past is this one without its oldest; returns 1
 * if all weights are large enough to be kept */
static inline __attribute__((always_inline)) int narrow_weigh(narrow *on, const double *past,
                                                              const int count)
{
    const double *w = on->w, *bias = w + on->size * on->lanes;
    chunk least = chunk_of(SPECML_STATE_MIN);
    for (int q = 0; q < count; ++q) {
        on->partial[q] = chunk_load(bias + q * CHUNK);
        least = chunk_min(chunk_abs(on->partial[q]), least);
    }
    for (size_t row = 0; row + 1 < on->size; ++row, w += on->lanes)
        for (int q = 0; q < count; ++q) {
            const chunk weight = chunk_load(w + q * CHUNK);
            on->partial[q] += weight * past[row + 1];
            least = chunk_min(chunk_abs(weight), least);
        }
    for (int q = 0; q < count; ++q) least = chunk_min(chunk_abs(chunk_load(w + q * CHUNK)), least);
    return !chunk_any(chunk_less(least, chunk_of(SPECML_STATE_MIN)));
}

/* what one sample leaves from stage to stage */
typedef struct {
    double target, lr, keep, y, slope, delta, error;
    chunk a[NARROW_CHUNKS_MAX], rate[NARROW_CHUNKS_MAX], z[NARROW_CHUNKS_MAX];
} narrow_sample;

/* 2. learn: the prediction, and meanwhile how far each unit would move it */
static inline __attribute__((always_inline)) void narrow_hear(const narrow *on, narrow_sample *s,
                                                              const int count)
{
    const double *last = on->w + (on->size - 1) * on->lanes;
    for (int q = 0; q < count; ++q)
        s->a[q] = on->partial[q] + chunk_load(last + q * CHUNK) * on->newest;
    elementary_tanh_chunks(s->a, count, SPECML_STATE_MIN);
}

static inline __attribute__((always_inline)) void narrow_predict(const narrow *on, narrow_sample *s,
                                                                 const int count)
{
    s->y = elementary_tanh_sloped(on->bo + narrow_dot(on->wo, s->a, count), &s->slope);
    for (int q = 0; q < count; ++q)
        s->rate[q] = s->lr * chunk_clamp(on->wo[q] * (1.0 - s->a[q] * s->a[q]), SLOPE_MAX);
}

/* 4. speak: the steps of the weights, and what they say */
static inline __attribute__((always_inline)) void narrow_learn(const narrow *on, narrow_sample *s,
                                                               const double *past, const int count)
{
    const double missed = s->y - s->target;
    const chunk_bits none =
        chunk_less(chunk_abs(chunk_now(chunk_of(missed))), chunk_of(FINITE_SAMPLE_MIN));
    chunk step[NARROW_CHUNKS_MAX];
    s->error = finite_output(missed);
    s->delta = s->error * s->slope;
    for (int q = 0; q < count; ++q) /* delta times rate, whose 0 is decided beside, not before */
        step[q] = (missed * s->slope) * (chunk)((chunk_bits)s->rate[q] & ~none);
    narrow_step_and_weigh(on, past, s->keep, step, s->z, count);
}

static inline __attribute__((always_inline)) double
narrow_speak(narrow *on, narrow_sample *s, const double *past, const int count)
{
    const double scaled = s->lr * s->delta;
    for (int q = 0; q < count; ++q)
        on->wo[q] = s->keep * on->wo[q] - scaled * (chunk)((chunk_bits)s->a[q] & on->units[q]);
    on->bo -= scaled;
    if (__builtin_expect(!narrow_weigh(on, past, count), 0)) {
        network_settle(on->net, 0);
        narrow_weigh(on, past, count);
    }
    on->newest = elementary_tanh_one(on->bo + narrow_dot(on->wo, s->z, count), FINITE_SAMPLE_MIN);
    for (int q = 0; q < count; ++q) on->wo[q] = chunk_floor(on->wo[q], SPECML_STATE_MIN);
    on->bo = finite_state(on->bo);
    return on->newest;
}

#endif
