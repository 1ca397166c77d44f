/* The pass in which a network takes its step and speaks: each weight is read once, steps, speaks
 * and is written once. One network speaks, or two as their mixture. Inlined into the sample loops.
 */
#ifndef SPECML_NETWORK_SPEAK_H
#define SPECML_NETWORK_SPEAK_H

#include "network_learn.h"

typedef struct {
    network *net[2];         /* of one shape; they have learnt */
    const double *taught[2]; /* (size,) what each has learnt from */
    double lr, keep;         /* learning rate; what decay leaves of a weight */
    double share[2];         /* of each in the mixture */
} speaker;

/* one layer of the networks, as a step and a sum go over it */
typedef struct {
    double *w[2];            /* (rows + 1, lanes) weights; the last row are biases */
    const double *x[2];      /* (rows,) inputs when they learnt */
    const double *deltas[2]; /* (lanes,) times scale: what steps go by, but for the rate */
    double scale[2];
    size_t rows, lanes;
} speaking_layer;

/* One vector of weights steps, w = keep w - step x, in each network; returns the one to speak with.
 * What has become too small to be kept is seen in `least`, the smallest magnitudes of each. */
static inline __attribute__((always_inline)) vector step_and_mix(const speaker *s,
                                                                 double *const w[], size_t at,
                                                                 double keep, const vector step[],
                                                                 const vector x[], vector least[],
                                                                 const int nets)
{
    vector stepped[2];
    for (int k = 0; k < nets; ++k) {
        stepped[k] = keep * vector_load(w[k] + at) - step[k] * x[k];
        least[k] = vector_min(vector_abs(stepped[k]), least[k]);
        vector_store(w[k] + at, stepped[k]);
    }
    if (nets == 1) return stepped[0];
    return s->share[0] * stepped[0] + s->share[1] * stepped[1];
}

/* weigh_some, with weights that step at once; z: (lanes,), `count` vectors of it from `unit` on */
static inline __attribute__((always_inline)) void
step_and_weigh_some(const speaker *s, const speaking_layer *layer, size_t unit,
                    const double *spoken, double *z, vector least[], const int nets,
                    const int count)
{
    const speaker by = *s;
    const speaking_layer of = *layer;
    const vector one[2] = {vector_of(1.0), vector_of(1.0)};
    vector sum[8], step[8][2];
    for (int v = 0; v < count; ++v) {
        const size_t at = unit + (size_t)(v * VECTOR);
        for (int k = 0; k < nets; ++k)
            step[v][k] = of.scale[k] * (by.lr * vector_load(of.deltas[k] + at));
        sum[v] = step_and_mix(&by, of.w, of.rows * of.lanes + at, 1.0, step[v], one, least,
                              nets); /* no decay */
    }
    for (size_t row = 0; row < of.rows; ++row) {
        vector x[2];
        for (int k = 0; k < nets; ++k) x[k] = vector_of(of.x[k][row]);
        for (int v = 0; v < count; ++v)
            sum[v] += step_and_mix(&by, of.w, row * of.lanes + unit + (size_t)(v * VECTOR), by.keep,
                                   step[v], x, least, nets) *
                      spoken[row];
    }
    for (int v = 0; v < count; ++v) vector_store(z + unit + v * VECTOR, sum[v]);
}

/* weigh, likewise */
static inline __attribute__((always_inline)) void step_and_weigh(const speaker *s,
                                                                 const speaking_layer *layer,
                                                                 size_t index, const double *spoken,
                                                                 double *z, const int nets)
{
    const size_t lanes = layer->lanes;
    vector least[2] = {vector_of(SPECML_STATE_MIN), vector_of(SPECML_STATE_MIN)};
    size_t unit = 0;
    for (; unit + 8 * VECTOR <= lanes; unit += 8 * VECTOR)
        step_and_weigh_some(s, layer, unit, spoken, z, least, nets, 8);
    for (; VECTOR > 2 && unit + 4 * VECTOR <= lanes; unit += 4 * VECTOR)
        step_and_weigh_some(s, layer, unit, spoken, z, least, nets, 4);
    for (; unit < lanes; unit += LANES)
        step_and_weigh_some(s, layer, unit, spoken, z, least, nets, LANES / VECTOR);
    for (int k = 0; k < nets; ++k)
        if (vector_any_less(least[k], SPECML_STATE_MIN)) network_settle(s->net[k], index);
}

/* the output likewise: tanh(bias + sum of weights times a), a: (lanes,) */
static inline __attribute__((always_inline)) double
step_and_predict(const speaker *s, const speaking_layer *output, const double *a, const int nets)
{
    vector step[2], x[2], least[2] = {vector_of(0.0), vector_of(0.0)};
    double *mixed = s->net[0]->voice + 2 * output->lanes, bias[2];
    for (int k = 0; k < nets; ++k) {
        const double scaled = s->lr * s->net[k]->delta;
        double *b = output->w[k] + output->lanes;
        x[k] = vector_of(scaled);
        bias[k] = *b - scaled;
        *b = finite_state(bias[k]);
    }
    for (size_t unit = 0; unit < output->lanes; unit += VECTOR) {
        for (int k = 0; k < nets; ++k) step[k] = vector_load(output->x[k] + unit);
        vector_store(mixed + unit, step_and_mix(s, output->w, unit, s->keep, step, x, least, nets));
        for (int k = 0; k < nets; ++k) {
            double *w = output->w[k] + unit;
            vector_store(w, finite_state_vector(vector_load(w)));
        }
    }
    const double b = nets == 1 ? bias[0] : s->share[0] * bias[0] + s->share[1] * bias[1];
    return elementary_tanh_one(b + lanes_dot(mixed, a, output->lanes), FINITE_SAMPLE_MIN);
}

/* What each of `voices` speakers, of one shape, says from its spoken, (size,), after its step: a
 * sample in (-1, 1). They too go through each layer side by side. */
static inline __attribute__((always_inline)) void network_speak(const speaker s[],
                                                                const double *const spoken[],
                                                                double out[], const int voices,
                                                                const int nets)
{
    const network *shape = s[0].net[0];
    const size_t lanes = shape->lanes;
    speaking_layer of[NETWORK_ABREAST];
    const double *said[NETWORK_ABREAST];
    for (int i = 0; i < voices; ++i) {
        said[i] = spoken[i];
        of[i].lanes = lanes;
        for (int k = 0; k < nets; ++k) of[i].x[k] = s[i].taught[k];
    }
    for (size_t layer = 0; layer < shape->layers; ++layer) {
        const size_t here = layer * lanes, row = layer % 2 * lanes;
        for (int i = 0; i < voices; ++i) {
            double *z = s[i].net[0]->voice + row;
            of[i].rows = network_rows(shape, layer);
            for (int k = 0; k < nets; ++k) {
                of[i].w[k] = network_layer(s[i].net[k], layer);
                const network *net = s[i].net[k];
                const int last = layer + 1 == shape->layers;
                of[i].deltas[k] = last ? net->slopes : net->deltas + here;
                of[i].scale[k] = last ? net->delta : 1.0;
            }
            step_and_weigh(&s[i], &of[i], layer, said[i], z, nets);
            for (int k = 0; k < nets; ++k) of[i].x[k] = s[i].net[k]->activations + here;
            said[i] = z;
        }
        for (int i = 0; i < voices; ++i) activate(s[i].net[0]->voice + row, lanes);
    }
    for (int i = 0; i < voices; ++i) {
        for (int k = 0; k < nets; ++k) of[i].w[k] = network_layer(s[i].net[k], shape->layers);
        out[i] = step_and_predict(&s[i], &of[i], said[i], nets);
    }
}

#endif
