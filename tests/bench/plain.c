/* The two models written plainly, as an external usually is: one loop inside the other, libm's
 * tanh, no lanes, no promise about bits. Only for comparison. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    int size, width;
    double *w, *b, *wo, bo;   /* w: (width, size) */
    double *past, *a, *delta; /* past: (size,), newest first */
} plain_autoregnn;

plain_autoregnn *plain_autoregnn_new(int size, int width)
{
    plain_autoregnn *net = calloc(1, sizeof *net);
    net->size = size;
    net->width = width;
    net->w = calloc((size_t)(size * width), sizeof(double));
    net->b = calloc((size_t)width, sizeof(double));
    net->wo = calloc((size_t)width, sizeof(double));
    net->past = calloc((size_t)size, sizeof(double));
    net->a = calloc((size_t)width, sizeof(double));
    net->delta = calloc((size_t)width, sizeof(double));
    srand(1);
    for (int i = 0; i < size * width; ++i) net->w[i] = (2.0 * rand() / RAND_MAX - 1.0) / sqrt(size);
    for (int i = 0; i < width; ++i) net->wo[i] = (2.0 * rand() / RAND_MAX - 1.0) / sqrt(width);
    return net;
}

static double forward(plain_autoregnn *net)
{
    double y = net->bo;
    for (int i = 0; i < net->width; ++i) {
        double z = net->b[i];
        for (int j = 0; j < net->size; ++j) z += net->w[i * net->size + j] * net->past[j];
        net->a[i] = tanh(z);
        y += net->wo[i] * net->a[i];
    }
    return tanh(y);
}

void plain_autoregnn_process(plain_autoregnn *net, int n, const double *in, double *out, double lr,
                             double ridge)
{
    const double keep = 1.0 - lr * ridge;
    for (int t = 0; t < n; ++t) {
        const double y = forward(net), delta_out = (y - in[t]) * (1.0 - y * y);
        for (int i = 0; i < net->width; ++i) {
            const double a = net->a[i], delta = net->wo[i] * delta_out * (1.0 - a * a);
            for (int j = 0; j < net->size; ++j) {
                double *w = &net->w[i * net->size + j];
                *w = keep * *w - lr * delta * net->past[j];
            }
            net->b[i] -= lr * delta;
            net->wo[i] = keep * net->wo[i] - lr * delta_out * a;
        }
        net->bo -= lr * delta_out;
        out[t] = forward(net);
        memmove(net->past + 1, net->past, (size_t)(net->size - 1) * sizeof(double));
        net->past[0] = out[t];
    }
}

typedef struct {
    int neurons, inputs, maxdelay, now;
    int *source, *delay;       /* (neurons, inputs) */
    double *w, *v, *u, *heard; /* (neurons, inputs) */
    double *past, *x;          /* past: (neurons, maxdelay) */
} plain_unlearn;

plain_unlearn *plain_unlearn_new(int neurons, int inputs, int maxdelay)
{
    plain_unlearn *net = calloc(1, sizeof *net);
    const size_t synapses = (size_t)(neurons * inputs);
    net->neurons = neurons;
    net->inputs = inputs;
    net->maxdelay = maxdelay;
    net->source = calloc(synapses, sizeof(int));
    net->delay = calloc(synapses, sizeof(int));
    net->w = calloc(synapses, sizeof(double));
    net->v = calloc(synapses, sizeof(double));
    net->u = calloc(synapses, sizeof(double));
    net->heard = calloc(synapses, sizeof(double));
    net->past = calloc((size_t)(neurons * maxdelay), sizeof(double));
    net->x = calloc((size_t)neurons, sizeof(double));
    srand(1);
    for (size_t s = 0; s < synapses; ++s) {
        net->source[s] = inputs == neurons ? (int)s % neurons : rand() % neurons;
        net->delay[s] = 1 + rand() % maxdelay;
        net->u[s] = net->w[s] = 4.0 * rand() / RAND_MAX - 2.0;
    }
    for (int i = 0; i < neurons; ++i)
        net->past[i * maxdelay + maxdelay - 1] = 0.2 * rand() / RAND_MAX - 0.1;
    return net;
}

void plain_unlearn_process(plain_unlearn *net, int n, double *out, double lambda, double mu,
                           double nu, double strength, double radius, double friction)
{
    const double h = 1.0 / 48000.0, q = lambda * h / 2.0;
    const double c = (1.0 - q * q) / (1.0 + q * q), d = 2.0 * q / (1.0 + q * q);
    for (int t = 0; t < n; ++t) {
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
            net->x[i] = tanh(z);
            sum += net->x[i];
        }
        const double g = tanh(sum), slope = nu * (1.0 - g * g) - mu;
        for (int i = 0; i < net->neurons; ++i) {
            const double force = (1.0 - net->x[i] * net->x[i]) * slope;
            for (int k = 0; k < net->inputs; ++k) {
                const int s = i * net->inputs + k;
                double w = c * net->w[s] + d * net->v[s], v = c * net->v[s] - d * net->w[s];
                v = (v + h * force * net->heard[s]) / (1.0 + friction * h);
                const double away = w - net->u[s];
                const double z = h * strength * (radius - sqrt(away * away + v * v));
                const double m = 1.0 / (1.0 - z + z * z / 2.0);
                net->w[s] = w * m;
                net->v[s] = v * m;
                net->u[s] += h / (1.0 + h) * (net->w[s] - net->u[s]);
            }
            net->past[i * net->maxdelay + net->now] = net->x[i];
        }
        net->now = net->now + 1 < net->maxdelay ? net->now + 1 : 0;
        out[t] = sum / net->neurons;
    }
}
