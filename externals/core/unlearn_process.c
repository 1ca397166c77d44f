/* The sample loop of Unlearn, by the steps of docs/models.md.
 * Its state is made and read in unlearn.c. */
#include "loops.h"
#include "unlearn_functions.h"
#include "unlearn_listen.h"
#include "unlearn_steps.h"

/* z = sum of weights times inputs, row by row, for `count` vectors of neurons, which stand side by
 * side in registers, because each alone would wait for its own last sum */
static inline __attribute__((always_inline)) void
weigh_some(const unlearn *net, const double *heard, size_t unit, const int count)
{
    const size_t lanes = net->lanes, end = net->inputs * lanes;
    vector z[8];
    for (int i = 0; i < count; ++i) z[i] = (vector){0};
    for (size_t at = unit; at < end; at += lanes)
        for (int i = 0; i < count; ++i)
            z[i] += vector_load(net->w + at + i * VECTOR) * vector_load(heard + at + i * VECTOR);
    for (int i = 0; i < count; ++i) vector_store(net->slope + unit + i * VECTOR, z[i]);
}

/* the same for all neurons, up to eight vectors at a time */
static void weigh(const unlearn *net, const double *heard)
{
    const size_t lanes = net->lanes;
    size_t unit = 0;
    for (; unit + 8 * VECTOR <= lanes; unit += 8 * VECTOR) weigh_some(net, heard, unit, 8);
    for (; VECTOR > 2 && unit + 4 * VECTOR <= lanes; unit += 4 * VECTOR)
        weigh_some(net, heard, unit, 4);
    for (; unit < lanes; unit += LANES) weigh_some(net, heard, unit, LANES / VECTOR);
}

/* x = f(z) and slope = f'(z) */
static void activate(unlearn *net, const double *heard)
{
    weigh(net, heard);
    size_t unit = 0;
    for (size_t at = net->inputs * net->lanes; at < net->synapses; at += VECTOR) {
        const vector more = vector_load(net->w + at) * vector_load(heard + at);
        vector_store(net->slope + unit, vector_load(net->slope + unit) + more);
        unit = unit + VECTOR < net->lanes ? unit + VECTOR : 0;
    }
    function_of_row(net->activation, net->x, net->slope, net->lanes);
    for (size_t i = net->neurons; i < net->lanes; ++i) net->x[i] = 0.0; /* cosine(0) = 1 */
}

static void step(unlearn *net, const double *const *external, size_t at)
{
    /* 1. read the delayed inputs */
    const double *heard = listen(net, external, at);
    /* 2. the outputs, and S */
    activate(net, heard);
    net->energy_sum = lanes_sum(net->x, net->lanes);
    /* 3. the slope of the energy: F = dE/dz times x, dE/dz = f'(z) (nu g'(S) - mu) */
    const double g = function_slope(net->energy, net->energy_sum);
    const double energy_slope = net->controls[UNLEARN_NU] * g - net->controls[UNLEARN_MU];
    for (size_t i = 0; i < net->lanes; ++i) net->slope[i] *= energy_slope;
    /* 4. every synapse one step */
    if (net->integrator == UNLEARN_SYMPLECTIC)
        step_symplectic(net, heard);
    else
        step_euler(net, heard);
    /* 5. remember */
    unlearn_remember(net);
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
        controls_follow(net->controls, net->held, unlearn_controls, UNLEARN_CONTROLS, signals, at);
        step(net, external, at);
        for (size_t j = 0; j < (size_t)outs; ++j) out[j][at] = mean(net, j, (size_t)outs);
    }
    net->samples += n;
}
