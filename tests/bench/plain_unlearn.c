/* Unlearn written plainly, as an external usually is: one loop inside the other, libm's tanh, no
 * lanes, no promise about bits. tanh and the symplectic integrator, centre 0. Only for comparison.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    int neurons, inputs, maxdelay, now;
    int *source, *delay;       /* (neurons, inputs) */
    double *w, *v, *u, *heard; /* (neurons, inputs) */
    double *past, *x;          /* past: (neurons, maxdelay) */
} plain_unlearn;

typedef struct {
    double lambda, mu, nu, strength, radius, friction;
} plain_controls;

plain_unlearn *plain_unlearn_new(int neurons, int inputs, int maxdelay, const int *source,
                                 const int *delay);
void plain_unlearn_start(plain_unlearn *net, const double *w, const double *first);
void plain_unlearn_process(plain_unlearn *net, int n, double *out, const plain_controls *controls);

static void *copy(const void *from, size_t bytes)
{
    void *to = malloc(bytes);
    return memcpy(to, from, bytes);
}

plain_unlearn *plain_unlearn_new(int neurons, int inputs, int maxdelay, const int *source,
                                 const int *delay)
{
    plain_unlearn *net = calloc(1, sizeof *net);
    const size_t synapses = (size_t)(neurons * inputs);
    net->neurons = neurons;
    net->inputs = inputs;
    net->maxdelay = maxdelay;
    net->source = copy(source, synapses * sizeof(int));
    net->delay = copy(delay, synapses * sizeof(int));
    net->w = calloc(synapses, sizeof(double));
    net->u = calloc(synapses, sizeof(double));
    net->v = calloc(synapses, sizeof(double));
    net->heard = calloc(synapses, sizeof(double));
    net->past = calloc((size_t)(neurons * maxdelay), sizeof(double));
    net->x = calloc((size_t)neurons, sizeof(double));
    return net;
}

/* w: (neurons, inputs), first: (neurons,) the outputs at the sample before the first */
void plain_unlearn_start(plain_unlearn *net, const double *w, const double *first)
{
    const size_t synapses = (size_t)(net->neurons * net->inputs);
    const int maxdelay = net->maxdelay;
    memcpy(net->w, w, synapses * sizeof(double));
    memcpy(net->u, w, synapses * sizeof(double));
    memset(net->v, 0, synapses * sizeof(double));
    memset(net->past, 0, (size_t)(net->neurons * maxdelay) * sizeof(double));
    for (int i = 0; i < net->neurons; ++i) net->past[i * maxdelay + maxdelay - 1] = first[i];
    net->now = 0;
}

/* the outputs; returns their sum */
static double activate(plain_unlearn *net)
{
    double sum = 0.0;
    for (int i = 0; i < net->neurons; ++i) {
        double z = 0.0;
        for (int k = 0; k < net->inputs; ++k) {
            const int s = i * net->inputs + k;
            int then = net->now - net->delay[s];
            if (then < 0) then += net->maxdelay;
            net->heard[s] = net->past[net->source[s] * net->maxdelay + then];
            z += net->w[s] * net->heard[s];
        }
#ifdef TANH_APART
        net->x[i] = z;
    }
    for (int i = 0; i < net->neurons; ++i) net->x[i] = tanh(net->x[i]);
#else
        net->x[i] = tanh(z);
    }
#endif
    for (int i = 0; i < net->neurons; ++i) sum += net->x[i];
    return sum;
}

static void learn(plain_unlearn *net, double slope, const plain_controls *p)
{
    const double h = 1.0 / 48000.0, q = p->lambda * h / 2.0;
    const double c = (1.0 - q * q) / (1.0 + q * q), d = 2.0 * q / (1.0 + q * q);
    const double damp = 1.0 / (1.0 + p->friction * h), follow = h / (1.0 + h);
    const int inputs = net->inputs;
    for (int i = 0; i < net->neurons; ++i) {
        const double force = h * (1.0 - net->x[i] * net->x[i]) * slope;
        double *restrict ws = net->w + i * inputs, *restrict vs = net->v + i * inputs;
        double *restrict us = net->u + i * inputs, *restrict heard = net->heard + i * inputs;
        for (int k = 0; k < inputs; ++k) {
            double w = c * ws[k] + d * vs[k], v = c * vs[k] - d * ws[k];
            v = (v + force * heard[k]) * damp;
            const double away = w - us[k];
            const double z = h * p->strength * (p->radius - sqrt(away * away + v * v));
            const double m = 1.0 / (1.0 - z + z * z / 2.0);
            ws[k] = w * m;
            vs[k] = v * m;
            us[k] += follow * (ws[k] - us[k]);
        }
    }
}

void plain_unlearn_process(plain_unlearn *net, int n, double *out, const plain_controls *controls)
{
    for (int t = 0; t < n; ++t) {
        const double sum = activate(net), g = tanh(sum);
        learn(net, controls->nu * (1.0 - g * g) - controls->mu, controls);
        for (int i = 0; i < net->neurons; ++i) net->past[i * net->maxdelay + net->now] = net->x[i];
        net->now = net->now + 1 < net->maxdelay ? net->now + 1 : 0;
        out[t] = sum / net->neurons;
    }
}
