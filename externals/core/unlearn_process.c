/* The sample loop of Unlearn; its state is made and read in unlearn.c. */
#include <math.h>

#include "elementary.h"
#include "isa.h"
#include "unlearn.h"

static double settled(double x)
{
    return finite_clamp(finite_state(x), -UNLEARN_STATE_MAX, UNLEARN_STATE_MAX);
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
    for (size_t block = 0; block < net->lanes; block += LANES) {
        double *restrict x = net->x + block, *restrict slope = net->slope + block;
        lanes z = {0};
        for (size_t row = 0; row < net->rows; ++row) {
            const size_t synapse = row * net->lanes + block;
            z += *(const lanes *)(net->w + synapse) * *(const lanes *)(net->heard + synapse);
        }
        *(lanes *)slope = z;
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
    for (size_t row = 0; row < net->rows; ++row) {
        double *restrict w_row = net->w + row * net->lanes, *restrict v_row =
                                                                net->v + row * net->lanes;
        double *restrict u_row = net->u + row * net->lanes;
        const double *restrict heard = net->heard + row * net->lanes, *restrict slope = net->slope;
        for (size_t i = 0; i < net->lanes; ++i) {
            const double u = u_row[i], force = slope[i] * heard[i];
            double w = cosine * w_row[i] + sine * v_row[i];
            double v = cosine * v_row[i] - sine * w_row[i];
            v = (v + h * force) * damp;
            const double away = w - u, z = pull * (radius - sqrt(away * away + v * v));
            const double m = 1.0 / (1.0 - z + 0.5 * (z * z)), middle = centre * u;
            w_row[i] = settled(middle + (w - middle) * m);
            v_row[i] = settled(v * m);
            u_row[i] = settled(u + follow * (w_row[i] - u));
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
    for (size_t row = 0; row < net->rows; ++row) {
        double *restrict w_row = net->w + row * net->lanes, *restrict v_row =
                                                                net->v + row * net->lanes;
        double *restrict u_row = net->u + row * net->lanes;
        const double *restrict heard = net->heard + row * net->lanes, *restrict slope = net->slope;
        for (size_t i = 0; i < net->lanes; ++i) {
            const double w = w_row[i], v = v_row[i], u = u_row[i], force = slope[i] * heard[i];
            const double away = w - u, pull = strength * (radius - sqrt(away * away + v * v));
            w_row[i] = settled(w + h * (lambda * v + pull * (w - centre * u)));
            v_row[i] = settled(v + h * (force - lambda * w + pull * v - friction * v));
            u_row[i] = settled(u + h * away);
        }
    }
}

static void step(unlearn *net, const double *const *external, size_t at)
{
    /* 1. read the delayed inputs */
    listen(net, external, at);
    /* 2. the outputs, and S */
    activate(net);
    net->energy_sum = lanes_total((const lanes *)net->x, net->lanes / LANES);
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
