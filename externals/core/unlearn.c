#include "unlearn_inside.h"

#include <math.h>
#include <string.h>

#include "isa.h"
#include "random.h"
#include "unlearn_presets.h"

/* They begin as UNLEARN_DEFAULT of unlearn_presets.h has them. */
const specml_control unlearn_controls[UNLEARN_CONTROLS] = {
    [UNLEARN_LAMBDA] = {"lambda", -20000.0, 20000.0, 10.0},
    [UNLEARN_MU] = {"mu", -1e6, 1e6, 235.0},
    [UNLEARN_NU] = {"nu", -1e6, 1e6, 900.0},
    [UNLEARN_STRENGTH] = {"strength", 0.0, 1e6, 0.1},
    [UNLEARN_RADIUS] = {"radius", 0.0, 1e3, 0.02},
    [UNLEARN_FRICTION] = {"friction", 0.0, 1e6, 0.5},
    [UNLEARN_CENTRE] = {"centre", 0.0, 1.0, 0.0},
    [UNLEARN_PIVOT] = {"pivot", 0.0, 1.0, 0.0},
};

static int fits(const unlearn_shape *s)
{
    return !isa_refusal() && s->neurons >= 1 && s->neurons <= UNLEARN_NEURONS_MAX &&
           s->inputs >= 1 && s->inputs <= s->neurons && s->maxdelay >= 1 &&
           s->maxdelay <= UNLEARN_MAXDELAY_MAX && s->external >= 0 &&
           s->external <= UNLEARN_EXTERNAL_MAX;
}

static size_t rows_of(const unlearn_shape *s)
{
    return (size_t)(s->inputs + (s->external + s->neurons - 1) / s->neurons);
}

static size_t stride_of(const unlearn_shape *s)
{
    return lanes_padded((size_t)s->maxdelay) | LANES;
}

size_t unlearn_bytes(const unlearn_shape *shape)
{
    if (!fits(shape)) return 0;
    const uint64_t lanes = lanes_padded((size_t)shape->neurons), rows = rows_of(shape);
    const uint64_t bytes =
        sizeof(unlearn) + LANES_ALIGN + (3 + LANES) * lanes_bytes(rows * lanes, sizeof(double)) +
        3 * lanes_bytes((uint64_t)shape->inputs * lanes, sizeof(int32_t)) +
        lanes_bytes((uint64_t)(shape->neurons + 1) * stride_of(shape), sizeof(double)) +
        2 * lanes_bytes(lanes, sizeof(double));
    return bytes <= SIZE_MAX ? (size_t)bytes : 0;
}

/* lanes of external synapses; whole rows but for the last, which ends with its last block */
static size_t externals(const unlearn *net)
{
    const size_t rest = net->external % net->neurons;
    return net->external / net->neurons * net->lanes + lanes_padded(rest);
}

static lanes_arena lay_out(unlearn *net)
{
    lanes_arena arena = lanes_open(net + 1);
    const size_t synapses = net->rows * net->lanes, wires = net->inputs * net->lanes;
    net->w = lanes_take(&arena, synapses, sizeof(double));
    net->v = lanes_take(&arena, synapses, sizeof(double));
    net->u = lanes_take(&arena, synapses, sizeof(double));
    net->ahead = lanes_take(&arena, LANES * synapses, sizeof(double));
    net->source = lanes_take(&arena, wires, sizeof(int32_t));
    net->delay = lanes_take(&arena, wires, sizeof(int32_t));
    net->near = lanes_take(&arena, wires, sizeof(int32_t));
    net->past = lanes_take(&arena, (net->neurons + 1) * net->stride, sizeof(double));
    net->x = lanes_take(&arena, net->lanes, sizeof(double));
    net->slope = lanes_take(&arena, net->lanes, sizeof(double));
    return arena;
}

/* All but the neurons' rings: what has not been heard is never read. So neither time nor memory is
 * spent on long delays before they are. */
static void clear_memory(unlearn *net)
{
    const lanes_arena arena = lay_out(net);
    double *silence = net->past + net->neurons * net->stride;
    lanes_clear((lanes_arena){arena.first, (unsigned char *)net->past});
    lanes_clear((lanes_arena){(unsigned char *)silence, arena.next});
}

int unlearn_init(unlearn *net, const unlearn_shape *shape, double samplerate, uint64_t seed,
                 double scale, double excite)
{
    if (!fits(shape) || !(samplerate >= 1.0 && samplerate <= 1e6)) return -1;
    const unlearn_preset *first = &unlearn_presets[UNLEARN_DEFAULT];
    *net = (unlearn){.neurons = (size_t)shape->neurons,
                     .inputs = (size_t)shape->inputs,
                     .maxdelay = (size_t)shape->maxdelay,
                     .external = (size_t)shape->external,
                     .rows = rows_of(shape),
                     .stride = stride_of(shape),
                     .samplerate = samplerate,
                     .period = 1.0 / samplerate,
                     .scale = first->scale,
                     .excite = first->excite,
                     .activation = first->activation,
                     .energy = first->energy,
                     .integrator = first->integrator};
    net->lanes = lanes_padded(net->neurons);
    net->synapses = net->inputs * net->lanes + externals(net);
    clear_memory(net);
    controls_init(net->held, net->controls, unlearn_controls, UNLEARN_CONTROLS);
    const size_t wires = net->inputs * net->lanes;
    for (size_t wire = 0; wire < wires; ++wire) {
        net->source[wire] = (int32_t)net->neurons;
        net->delay[wire] = 1;
    }
    unlearn_set_scale(net, scale);
    unlearn_set_excite(net, excite);
    unlearn_reset(net, seed);
    return 0;
}

void unlearn_copy(unlearn *to, const unlearn *from)
{
    *to = *from;
    lanes_copy(lay_out(to), from + 1);
}

void unlearn_keep(unlearn *to, const unlearn *from)
{
    memcpy(to->held, from->held, sizeof to->held);
    memcpy(to->controls, from->controls, sizeof to->controls);
}

/* K distinct sources for one neuron by a partial shuffle of 0..N-1, or all of them in order */
static void draw_sources(unlearn *net, size_t neuron)
{
    int32_t list[UNLEARN_NEURONS_MAX];
    for (size_t i = 0; i < net->neurons; ++i) list[i] = (int32_t)i;
    for (size_t k = 0; k < net->inputs; ++k) {
        if (net->inputs < net->neurons) {
            const double left = (double)(int)(net->neurons - k);
            const size_t pick = k + (size_t)(random_uniform(&net->random) * left);
            const int32_t source = list[pick];
            list[pick] = list[k];
            list[k] = source;
        }
        net->source[k * net->lanes + neuron] = list[k];
    }
}

/* the delay of each synapse of one neuron */
static void draw_delays(unlearn *net, size_t neuron)
{
    for (size_t k = 0; k < net->inputs; ++k) {
        const double drawn = random_uniform(&net->random) * (double)(int)net->maxdelay;
        net->delay[k * net->lanes + neuron] = 1 + (int32_t)drawn;
    }
}

/* Which delays are too short to be read ahead; and nothing has been read ahead through these. */
void unlearn_rewire(unlearn *net)
{
    net->nears = 0;
    net->phase = 0;
    for (size_t k = 0; k < net->inputs; ++k)
        for (size_t i = 0; i < net->neurons; ++i) {
            const size_t wire = k * net->lanes + i;
            if (net->delay[wire] < LANES) net->near[net->nears++] = (int32_t)wire;
        }
}

void unlearn_reset(unlearn *net, uint64_t seed)
{
    net->random = seed;
    net->samples = 0;
    memset(net->v, 0, net->rows * net->lanes * sizeof(double));
    for (size_t i = 0; i < net->neurons; ++i) {
        draw_sources(net, i);
        draw_delays(net, i);
        for (size_t row = 0; row < net->rows && unlearn_feeds(net, i, row); ++row)
            net->w[row * net->lanes + i] = finite_state(random_bipolar(&net->random) * net->scale);
    }
    memcpy(net->u, net->w, net->rows * net->lanes * sizeof(double));
    unlearn_rewire(net);
    unlearn_clear(net);
    unlearn_bang(net);
}

void unlearn_clear(unlearn *net)
{
    memset(net->x, 0, net->lanes * sizeof(double));
    net->now = 0;
    net->heard = 0;
    net->phase = 0;
    net->energy_sum = 0.0;
    net->clipped = 0;
}

void unlearn_bang(unlearn *net)
{
    const size_t newest = unlearn_then(net, 1);
    for (size_t i = 0; i < net->neurons; ++i) {
        double *x = net->past + i * net->stride + newest;
        const double pushed =
            unlearn_output(net, i, 1) + random_bipolar(&net->random) * net->excite;
        *x = finite_clamp(finite_output(pushed), -UNLEARN_STATE_MAX, UNLEARN_STATE_MAX);
    }
    if (net->heard == 0) net->heard = 1;
}
