/* Unlearn, a sample after the other, in plain C: read it first, beside unlearn.py. It runs if
 * SPECML_ISA says "portable"; unlearn_process.c does the same faster. */
#include <math.h>

#include "loops.h"
#include "unlearn_functions.h"

typedef struct {
    double w, v, u;
} synapse;

static double settled(double x)
{
    return finite_clamp(finite_state(x), -UNLEARN_STATE_MAX, UNLEARN_STATE_MAX);
}

/* structure-preserving splitting, after the integrator of henri */
static synapse symplectic(synapse s, double force, const double *c, double h)
{
    const double q = 0.5 * c[UNLEARN_LAMBDA] * h, sine = 2.0 * q / (1.0 + q * q);
    const double cosine = 1.0 - q * sine, damp = 1.0 / (1.0 + c[UNLEARN_FRICTION] * h);
    /* rotation around the pivot, kick and friction */
    const double around = c[UNLEARN_PIVOT] * s.u, d = s.w - around;
    const double w = around + (cosine * d + sine * s.v);
    const double v = (cosine * s.v - sine * d + h * force) * damp;
    /* limit cycle around the centre */
    const double away = w - s.u, distance = sqrt(away * away + v * v);
    const double z = h * c[UNLEARN_STRENGTH] * (c[UNLEARN_RADIUS] - distance);
    const double m = 1.0 / (1.0 - z + 0.5 * (z * z)), middle = c[UNLEARN_CENTRE] * s.u;
    const double on_cycle = settled(middle + (w - middle) * m);
    /* the trace follows */
    const double trace = settled(s.u + h / (1.0 + h) * (on_cycle - s.u));
    return (synapse){on_cycle, settled(v * m), trace};
}

/* the plain explicit step of the equations */
static synapse euler(synapse s, double force, const double *c, double h)
{
    const double away = s.w - s.u, d = s.w - c[UNLEARN_PIVOT] * s.u;
    const double distance = sqrt(away * away + s.v * s.v);
    const double pull = c[UNLEARN_STRENGTH] * (c[UNLEARN_RADIUS] - distance);
    const double dw = c[UNLEARN_LAMBDA] * s.v + pull * (s.w - c[UNLEARN_CENTRE] * s.u);
    const double dv = force - c[UNLEARN_LAMBDA] * d + pull * s.v - c[UNLEARN_FRICTION] * s.v;
    return (synapse){settled(s.w + h * dw), settled(s.v + h * dv), settled(s.u + h * away)};
}

/* what a synapse hears: a delayed output, or an external sample, which was put into `external` */
static double heard_by(const unlearn *net, size_t row, size_t neuron, const double *external)
{
    const size_t wire = row * net->lanes + neuron;
    if (row >= net->inputs) return external[(row - net->inputs) * net->neurons + neuron];
    return unlearn_output(net, (size_t)net->source[wire], (size_t)net->delay[wire]);
}

static void step(unlearn *net, const double *external)
{
    const double *c = net->controls;
    double *heard = net->ahead;
    /* 1. read the delayed inputs */
    for (size_t row = 0; row < net->rows; ++row)
        for (size_t i = 0; i < net->neurons; ++i)
            heard[row * net->lanes + i] =
                unlearn_feeds(net, i, row) ? heard_by(net, row, i, external) : 0.0;
    /* 2. the outputs, and S */
    for (size_t i = 0; i < net->neurons; ++i) {
        net->slope[i] = 0.0; /* z */
        for (size_t at = i; at < net->rows * net->lanes; at += net->lanes)
            net->slope[i] += net->w[at] * heard[at];
    }
    function_of_row(net->activation, net->x, net->slope, net->lanes);
    for (size_t i = net->neurons; i < net->lanes; ++i) net->x[i] = 0.0; /* cosine(0) = 1 */
    net->energy_sum = lanes_sum(net->x, net->lanes);
    /* 3. the slope of the energy: F = dE/dz times x, dE/dz = f'(z) (nu g'(S) - mu) */
    const double g = function_slope(net->energy, net->energy_sum);
    for (size_t i = 0; i < net->lanes; ++i) net->slope[i] *= c[UNLEARN_NU] * g - c[UNLEARN_MU];
    /* 4. every synapse one step */
    for (size_t row = 0; row < net->rows; ++row)
        for (size_t i = 0; i < net->neurons; ++i) {
            const size_t at = row * net->lanes + i;
            const double force = net->slope[i] * heard[at];
            const synapse was = {net->w[at], net->v[at], net->u[at]};
            const synapse is = net->integrator == UNLEARN_SYMPLECTIC
                                   ? symplectic(was, force, c, net->period)
                                   : euler(was, force, c, net->period);
            net->w[at] = is.w, net->v[at] = is.v, net->u[at] = is.u;
        }
    /* 5. remember; nothing was read ahead */
    unlearn_remember(net);
    net->phase = 0;
}

/* the mean of neurons i with i mod outs = j */
static double mean(const unlearn *net, size_t j, size_t outs)
{
    double sum = 0.0;
    int count = 0;
    for (size_t i = j; i < net->neurons; i += outs, ++count) sum += net->x[i];
    return finite_output(sum / (double)count);
}

void unlearn_process_portable(unlearn *net, size_t n, const double *const *external,
                              const double *const *signals, double *const *out, int outs)
{
    double heard[UNLEARN_EXTERNAL_MAX] = {0};
    for (size_t at = 0; at < n; ++at) {
        controls_follow(net->controls, net->held, unlearn_controls, UNLEARN_CONTROLS, signals, at);
        for (size_t j = 0; external && j < net->external; ++j)
            heard[j] = finite_input(external[j][at], &net->clipped);
        step(net, heard);
        for (size_t j = 0; j < (size_t)outs; ++j) out[j][at] = mean(net, j, (size_t)outs);
    }
    net->samples += n;
}
