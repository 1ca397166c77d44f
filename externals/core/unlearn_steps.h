/* One step of every synapse of Unlearn, by either integrator. */
#ifndef SPECML_UNLEARN_STEPS_H
#define SPECML_UNLEARN_STEPS_H

#include "finite.h"
#include "unlearn_inside.h"

/* the sweep over the synapses, a vector of them after the other */
typedef struct {
    double *w, *v, *u;
    const double *heard, *slope;
    size_t lanes, unit; /* unit: whose synapse is next */
} sweep;

static inline sweep sweep_of(const unlearn *net, const double *heard)
{
    return (sweep){net->w, net->v, net->u, heard, net->slope, net->lanes, 0};
}

/* dE/dw */
static inline vector force_at(sweep *s, size_t at)
{
    const vector force = vector_load(s->slope + s->unit) * vector_load(s->heard + at);
    s->unit = s->unit + VECTOR < s->lanes ? s->unit + VECTOR : 0;
    return force;
}

static inline vector settled(vector x)
{
    return finite_state_vector(vector_clamp(x, UNLEARN_STATE_MAX));
}

/* Each vector of synapses waits long for its root and its quotient, so three sets of them are on
 * their way: one is turned while an earlier one is pulled and one still earlier settles. */
enum { LAG = 4, UNDER_WAY = 16 };

typedef struct {
    double h, sine, cosine, damp, pull, radius, centre, pivot, follow;
} symplectic;

typedef struct {
    vector w[UNDER_WAY], v[UNDER_WAY], m[UNDER_WAY];
} under_way;

/* Rotation, kick and friction; m is the distance from the trace. If a weight turns around 0, what
 * it turns around is left out. */
static inline void turn(const symplectic *c, under_way *on, sweep *s, size_t i, int pivoted)
{
    const size_t at = i * VECTOR, k = i % UNDER_WAY;
    const vector w0 = vector_load(s->w + at), v0 = vector_load(s->v + at), force = force_at(s, at);
    const vector u = vector_load(s->u + at), around = c->pivot * u;
    vector d = w0;
    if (pivoted) d -= around;
    vector w = c->cosine * d + c->sine * v0;
    if (pivoted) w += around;
    const vector v = (c->cosine * v0 - c->sine * d + c->h * force) * c->damp;
    const vector away = w - u;
    on->w[k] = w;
    on->v[k] = v;
    on->m[k] = vector_sqrt(away * away + v * v);
}

/* how far the limit cycle pulls */
static inline void pull(const symplectic *c, under_way *on, size_t i)
{
    const vector z = c->pull * (c->radius - on->m[i % UNDER_WAY]);
    on->m[i % UNDER_WAY] = 1.0 / (1.0 - z + 0.5 * (z * z));
}

/* w and v on their cycle, u after them. If the cycle is not centred, its middle is 0 and left out.
 * A trace cannot leave the range of its weight: it goes at most half of the way there. */
static inline void settle(const symplectic *c, const under_way *on, sweep *s, size_t i, int centred)
{
    const size_t at = i * VECTOR, k = i % UNDER_WAY;
    const vector m = on->m[k], u = vector_load(s->u + at), middle = c->centre * u;
    const vector w = settled(centred ? middle + (on->w[k] - middle) * m : on->w[k] * m);
    vector_store(s->w + at, w);
    vector_store(s->v + at, settled(on->v[k] * m));
    vector_store(s->u + at, finite_state_vector(u + c->follow * (w - u)));
}

static inline __attribute__((always_inline)) void symplectic_sweep(const symplectic *c, sweep *s,
                                                                   const size_t count,
                                                                   const int pivoted,
                                                                   const int centred)
{
    under_way on;
    size_t i = 0;
    for (; i < count && i < 2 * LAG; ++i) {
        turn(c, &on, s, i, pivoted);
        if (i >= LAG) pull(c, &on, i - LAG);
    }
    for (; i < count; ++i) {
        turn(c, &on, s, i, pivoted);
        pull(c, &on, i - LAG);
        settle(c, &on, s, i - 2 * LAG, centred);
    }
    for (; i < count + 2 * LAG; ++i) {
        if (i >= LAG && i < count + LAG) pull(c, &on, i - LAG);
        if (i >= 2 * LAG) settle(c, &on, s, i - 2 * LAG, centred);
    }
}

/* Structure-preserving splitting, after the integrator of henri. */
static inline void step_symplectic(const unlearn *net, const double *heard)
{
    const double *c = net->controls, h = net->period;
    const double q = 0.5 * c[UNLEARN_LAMBDA] * h, sine = 2.0 * q / (1.0 + q * q);
    const symplectic constants = {.h = h,
                                  .sine = sine,
                                  .cosine = 1.0 - q * sine,
                                  .damp = 1.0 / (1.0 + c[UNLEARN_FRICTION] * h),
                                  .pull = h * c[UNLEARN_STRENGTH],
                                  .radius = c[UNLEARN_RADIUS],
                                  .centre = c[UNLEARN_CENTRE],
                                  .pivot = c[UNLEARN_PIVOT],
                                  .follow = h / (1.0 + h)};
    const size_t count = net->synapses / VECTOR;
    sweep s = sweep_of(net, heard);
    if (constants.pivot != 0.0)
        symplectic_sweep(&constants, &s, count, 1, 1);
    else if (constants.centre != 0.0)
        symplectic_sweep(&constants, &s, count, 0, 1);
    else
        symplectic_sweep(&constants, &s, count, 0, 0);
}

typedef struct {
    double h, lambda, strength, radius, friction, centre, pivot;
} euler;

static inline __attribute__((always_inline)) void
euler_sweep(const euler *c, sweep *s, const size_t synapses, const int pivoted)
{
    for (size_t at = 0; at < synapses; at += VECTOR) {
        const vector w = vector_load(s->w + at), v = vector_load(s->v + at);
        const vector u = vector_load(s->u + at), force = force_at(s, at);
        const vector away = w - u;
        vector d = w;
        if (pivoted) d -= c->pivot * u;
        const vector pull = c->strength * (c->radius - vector_sqrt(away * away + v * v));
        const vector dw = c->lambda * v + pull * (w - c->centre * u);
        const vector dv = force - c->lambda * d + pull * v - c->friction * v;
        vector_store(s->w + at, settled(w + c->h * dw));
        vector_store(s->v + at, settled(v + c->h * dv));
        vector_store(s->u + at, settled(u + c->h * away));
    }
}

/* The plain explicit Euler method. */
static inline void step_euler(const unlearn *net, const double *heard)
{
    const double *c = net->controls;
    const euler constants = {.h = net->period,
                             .lambda = c[UNLEARN_LAMBDA],
                             .strength = c[UNLEARN_STRENGTH],
                             .radius = c[UNLEARN_RADIUS],
                             .friction = c[UNLEARN_FRICTION],
                             .centre = c[UNLEARN_CENTRE],
                             .pivot = c[UNLEARN_PIVOT]};
    sweep s = sweep_of(net, heard);
    if (constants.pivot != 0.0)
        euler_sweep(&constants, &s, net->synapses, 1);
    else
        euler_sweep(&constants, &s, net->synapses, 0);
}

#endif
