/* The sample loop of Unlearn; its state is made and read in unlearn.c. */
#include <math.h>

#include "elementary.h"
#include "isa.h"
#include "unlearn.h"

static vector settled(vector x)
{
    const vector most = {0}, low = most - UNLEARN_STATE_MAX, high = most + UNLEARN_STATE_MAX;
    return vector_min(vector_max(finite_state_vector(x), low), high);
}

/* heard: what each synapse hears now; external: (external,) samples or NULL */
static void listen(unlearn *net, const double *const *external, size_t at)
{
    for (size_t k = 0; k < net->inputs; ++k)
        for (size_t i = 0; i < net->neurons; ++i) {
            const size_t wire = k * net->lanes + i, delay = (size_t)net->delay[wire];
            const size_t then =
                net->now >= delay ? net->now - delay : net->now + net->maxdelay - delay;
            net->heard[wire] = net->past[(size_t)net->source[wire] * net->stride + then];
        }
    for (size_t j = 0; j < net->external; ++j) {
        const size_t row = net->inputs + j / net->neurons, neuron = j % net->neurons;
        net->heard[row * net->lanes + neuron] =
            external ? finite_input(external[j][at], &net->clipped) : 0.0;
    }
}

/* x = f(z) with z = sum of weights times inputs, row by row, and slope = f'(z) */
static void activate(unlearn *net)
{
    for (size_t unit = 0; unit < net->lanes; unit += VECTOR) {
        vector z = {0};
        for (size_t synapse = unit; synapse < net->rows * net->lanes; synapse += net->lanes)
            z += vector_load(net->w + synapse) * vector_load(net->heard + synapse);
        vector_store(net->slope + unit, z);
    }
    for (size_t block = 0; block < net->lanes; block += LANES) {
        double *restrict x = net->x + block, *restrict slope = net->slope + block;
        if (net->activation == UNLEARN_TANH) {
            for (size_t i = 0; i < LANES; ++i) x[i] = finite_output(elementary_tanh(slope[i]));
            for (size_t i = 0; i < LANES; ++i) slope[i] = 1.0 - x[i] * x[i];
        } else {
            for (size_t i = 0; i < LANES; ++i) x[i] = finite_output(elementary_cosine(slope[i]));
            for (size_t i = 0; i < LANES; ++i) slope[i] = elementary_cosine_derivative(slope[i]);
        }
    }
    for (size_t i = net->neurons; i < net->lanes; ++i) net->x[i] = 0.0; /* cosine(0) = 1 */
}

/* g'(S) */
static double energy_slope(const unlearn *net)
{
    if (net->energy == UNLEARN_COSINE) return elementary_cosine_derivative(net->energy_sum);
    const double g = elementary_tanh(net->energy_sum);
    return 1.0 - g * g;
}

/* One step of every synapse by structure-preserving splitting, after the integrator of henri. */
static void step_symplectic(unlearn *net)
{
    const double *c = net->controls, h = net->period;
    const double q = 0.5 * c[UNLEARN_LAMBDA] * h, sine = 2.0 * q / (1.0 + q * q);
    const double cosine = 1.0 - q * sine, damp = 1.0 / (1.0 + c[UNLEARN_FRICTION] * h);
    const double pull = h * c[UNLEARN_STRENGTH], radius = c[UNLEARN_RADIUS];
    const double centre = c[UNLEARN_CENTRE], follow = h / (1.0 + h);
    const size_t lanes = net->lanes, synapses = net->rows * lanes;
    for (size_t unit = 0; unit < lanes; unit += VECTOR) {
        const vector slope = vector_load(net->slope + unit);
        for (size_t at = unit; at < synapses; at += lanes) {
            const vector w0 = vector_load(net->w + at), v0 = vector_load(net->v + at);
            const vector u = vector_load(net->u + at), force = slope * vector_load(net->heard + at);
            vector w = cosine * w0 + sine * v0, v = cosine * v0 - sine * w0;
            v = (v + h * force) * damp;
            const vector away = w - u, z = pull * (radius - vector_sqrt(away * away + v * v));
            const vector m = 1.0 / (1.0 - z + 0.5 * (z * z)), middle = centre * u;
            w = settled(middle + (w - middle) * m);
            vector_store(net->w + at, w);
            vector_store(net->v + at, settled(v * m));
            vector_store(net->u + at, settled(u + follow * (w - u)));
        }
    }
}

/* One step of every synapse by the plain explicit Euler method. */
static void step_euler(unlearn *net)
{
    const double *c = net->controls, h = net->period;
    const double lambda = c[UNLEARN_LAMBDA], strength = c[UNLEARN_STRENGTH];
    const double radius = c[UNLEARN_RADIUS], friction = c[UNLEARN_FRICTION];
    const double centre = c[UNLEARN_CENTRE];
    const size_t lanes = net->lanes, synapses = net->rows * lanes;
    for (size_t unit = 0; unit < lanes; unit += VECTOR) {
        const vector slope = vector_load(net->slope + unit);
        for (size_t at = unit; at < synapses; at += lanes) {
            const vector w = vector_load(net->w + at), v = vector_load(net->v + at);
            const vector u = vector_load(net->u + at), force = slope * vector_load(net->heard + at);
            const vector away = w - u;
            const vector pull = strength * (radius - vector_sqrt(away * away + v * v));
            vector_store(net->w + at, settled(w + h * (lambda * v + pull * (w - centre * u))));
            vector_store(net->v + at,
                         settled(v + h * (force - lambda * w + pull * v - friction * v)));
            vector_store(net->u + at, settled(u + h * away));
        }
    }
}

static void step(unlearn *net, const double *const *external, size_t at)
{
    /* 1. read the delayed inputs */
    listen(net, external, at);
    /* 2. the outputs, and S */
    activate(net);
    net->energy_sum = lanes_sum(net->x, net->lanes);
    /* 3. the slope of the energy: F = dE/dz times x, dE/dz = f'(z) (nu g'(S) - mu) */
    const double g = net->controls[UNLEARN_NU] * energy_slope(net) - net->controls[UNLEARN_MU];
    for (size_t i = 0; i < net->lanes; ++i) net->slope[i] *= g;
    /* 4. every synapse one step */
    if (net->integrator == UNLEARN_SYMPLECTIC)
        step_symplectic(net);
    else
        step_euler(net);
    /* 5. remember */
    for (size_t i = 0; i < net->neurons; ++i) net->past[i * net->stride + net->now] = net->x[i];
    net->now = net->now + 1 < net->maxdelay ? net->now + 1 : 0;
}

/* the mean of neurons i with i mod outs = j */
static double mean(const unlearn *net, size_t j, size_t outs)
{
    double sum = net->x[j];
    int count = 1;
    for (size_t i = j + outs; i < net->neurons; i += outs, ++count) sum += net->x[i];
    return finite_output(sum / (double)count);
}

void ISA(unlearn_process)(unlearn *net, size_t n, const double *const *external,
                          const double *const *signals, double *const *out, int outs)
{
    for (size_t at = 0; at < n; ++at) {
        controls_follow(net->controls, unlearn_controls, UNLEARN_CONTROLS, signals, at);
        step(net, external, at);
        for (size_t j = 0; j < (size_t)outs; ++j) out[j][at] = mean(net, j, (size_t)outs);
    }
}
