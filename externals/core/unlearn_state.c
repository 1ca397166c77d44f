/* What can be set, read and written of an Unlearn; it is made in unlearn.c. */
#include <string.h>

#include "unlearn_inside.h"

int unlearn_set(unlearn *net, int which, double value)
{
    if (controls_set(net->held, unlearn_controls, UNLEARN_CONTROLS, which, value)) return -1;
    net->controls[which] = net->held[which];
    return 0;
}

int unlearn_set_samplerate(unlearn *net, double samplerate)
{
    const int refused = finite_set(&net->samplerate, samplerate, 1.0, 1e6);
    net->period = 1.0 / net->samplerate;
    return refused;
}

int unlearn_set_scale(unlearn *net, double scale)
{
    return finite_set(&net->scale, scale, 0.0, UNLEARN_SCALE_MAX);
}

int unlearn_set_excite(unlearn *net, double excite)
{
    return finite_set(&net->excite, excite, 0.0, 1.0);
}

int unlearn_set_activation(unlearn *net, int activation)
{
    if (activation < 0 || activation >= (int)UNLEARN_FUNCTIONS) return -1;
    net->activation = (unlearn_function)activation;
    return 0;
}

int unlearn_set_energy(unlearn *net, int energy)
{
    if (energy < 0 || energy >= (int)UNLEARN_FUNCTIONS) return -1;
    net->energy = (unlearn_function)energy;
    return 0;
}

int unlearn_set_integrator(unlearn *net, int integrator)
{
    if (integrator < 0 || integrator >= (int)UNLEARN_INTEGRATORS) return -1;
    net->integrator = (unlearn_integrator)integrator;
    return 0;
}

unlearn_shape unlearn_get_shape(const unlearn *net)
{
    return (unlearn_shape){(int)net->neurons, (int)net->inputs, (int)net->maxdelay,
                           (int)net->external};
}

size_t unlearn_count(const unlearn *net)
{
    return net->neurons * net->rows;
}

double unlearn_held(const unlearn *net, int which)
{
    return controls_get(net->held, UNLEARN_CONTROLS, which);
}

double unlearn_now(const unlearn *net, int which)
{
    return controls_get(net->controls, UNLEARN_CONTROLS, which);
}

double unlearn_samplerate(const unlearn *net)
{
    return net->samplerate;
}

double unlearn_scale(const unlearn *net)
{
    return net->scale;
}

double unlearn_excite(const unlearn *net)
{
    return net->excite;
}

int unlearn_get_activation(const unlearn *net)
{
    return (int)net->activation;
}

int unlearn_get_energy(const unlearn *net)
{
    return (int)net->energy;
}

int unlearn_get_integrator(const unlearn *net)
{
    return (int)net->integrator;
}

double unlearn_energy_sum(const unlearn *net)
{
    return net->energy_sum;
}

uint64_t unlearn_random(const unlearn *net)
{
    return net->random;
}

uint64_t unlearn_clipped(const unlearn *net)
{
    return net->clipped;
}

uint64_t unlearn_samples(const unlearn *net)
{
    return net->samples;
}

/* where a synapse stands in w, v and u */
static size_t synapse_at(const unlearn *net, size_t index)
{
    return index % net->rows * net->lanes + index / net->rows;
}

void unlearn_get_synapses(const unlearn *net, double *weights, double *velocities, double *traces)
{
    const size_t count = unlearn_count(net);
    for (size_t index = 0; index < count; ++index) {
        const size_t at = synapse_at(net, index);
        if (weights) weights[index] = net->w[at];
        if (velocities) velocities[index] = net->v[at];
        if (traces) traces[index] = net->u[at];
    }
}

void unlearn_get_wiring(const unlearn *net, int64_t *sources, int64_t *delays)
{
    for (size_t i = 0; i < net->neurons; ++i)
        for (size_t k = 0; k < net->inputs; ++k) {
            *sources++ = net->source[k * net->lanes + i];
            *delays++ = net->delay[k * net->lanes + i];
        }
}

void unlearn_get_past(const unlearn *net, double *past)
{
    for (size_t i = 0; i < net->neurons; ++i)
        for (size_t d = 1; d <= net->maxdelay; ++d) *past++ = unlearn_output(net, i, d);
}

/* 1 if the synapse can have such a weight, velocity or trace */
static int accepts(const unlearn *net, size_t index, double value)
{
    return finite_within(&value, 1, UNLEARN_STATE_MAX) &&
           (value == 0.0 || unlearn_feeds(net, index / net->rows, index % net->rows));
}

int unlearn_set_weight(unlearn *net, size_t index, double value)
{
    if (index >= unlearn_count(net) || !accepts(net, index, value) ||
        !unlearn_feeds(net, index / net->rows, index % net->rows))
        return -1;
    net->w[synapse_at(net, index)] = finite_state(value);
    return 0;
}

int unlearn_set_synapses(unlearn *net, const double *weights, const double *velocities,
                         const double *traces)
{
    const size_t count = unlearn_count(net);
    for (size_t index = 0; index < count; ++index)
        if (!accepts(net, index, weights[index]) || !accepts(net, index, velocities[index]) ||
            !accepts(net, index, traces[index]))
            return -1;
    for (size_t index = 0; index < count; ++index) {
        const size_t at = synapse_at(net, index);
        net->w[at] = finite_state(weights[index]);
        net->v[at] = finite_state(velocities[index]);
        net->u[at] = finite_state(traces[index]);
    }
    return 0;
}

int unlearn_set_wiring(unlearn *net, const int64_t *sources, const int64_t *delays)
{
    const size_t wires = net->neurons * net->inputs;
    for (size_t wire = 0; wire < wires; ++wire)
        if (sources[wire] < 0 || (uint64_t)sources[wire] >= net->neurons || delays[wire] < 1 ||
            (uint64_t)delays[wire] > net->maxdelay)
            return -1;
    for (size_t i = 0; i < net->neurons; ++i)
        for (size_t k = 0; k < net->inputs; ++k) {
            net->source[k * net->lanes + i] = (int32_t)*sources++;
            net->delay[k * net->lanes + i] = (int32_t)*delays++;
        }
    unlearn_rewire(net);
    return 0;
}

int unlearn_set_past(unlearn *net, const double *past)
{
    if (!finite_within(past, net->neurons * net->maxdelay, UNLEARN_STATE_MAX)) return -1;
    net->now = 0;
    net->heard = net->maxdelay;
    net->phase = 0; /* nothing of it has been read ahead */
    for (size_t i = 0; i < net->neurons; ++i)
        for (size_t d = 1; d <= net->maxdelay; ++d)
            net->past[i * net->stride + unlearn_then(net, d)] = finite_output(*past++);
    return 0;
}

int unlearn_set_energy_sum(unlearn *net, double sum)
{
    if (!finite_within(&sum, 1, (double)(int)net->neurons)) return -1;
    net->energy_sum = sum;
    return 0;
}

int unlearn_set_now(unlearn *net, int which, double value)
{
    return controls_set(net->controls, unlearn_controls, UNLEARN_CONTROLS, which, value);
}

void unlearn_set_random(unlearn *net, uint64_t random)
{
    net->random = random;
}

void unlearn_set_clipped(unlearn *net, uint64_t clipped)
{
    net->clipped = clipped;
}

void unlearn_set_samples(unlearn *net, uint64_t samples)
{
    net->samples = samples;
}
