/* AutoRegNN and the pair written plainly, as an external usually is: one loop inside the other,
 * libm's tanh, no lanes, no promise about bits. Only for comparison. With TANH_APART, tanh has a
 * loop of its own, so that a compiler may make vectors of it. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    int size, width, layers;
    size_t count;
    double *theta; /* (count,) for each layer (width, inputs), (width,); then the output */
    double *past, *a, *delta; /* past: (size,), newest first; the others (layers, width) */
} plain_autoregnn;

typedef struct {
    plain_autoregnn *net[2], *mixed;
} plain_autoregnn2;

plain_autoregnn *plain_autoregnn_new(int size, int width, int layers, const double *theta);
void plain_autoregnn_process(plain_autoregnn *net, int n, const double *in, double *out, double lr,
                             double ridge);
plain_autoregnn2 *plain_autoregnn2_new(int size, int width, int layers, const double *theta);
void plain_autoregnn2_process(plain_autoregnn2 *pair, int n, const double *in1, const double *in2,
                              double *out, double mix, double lr, double ridge);

plain_autoregnn *plain_autoregnn_new(int size, int width, int layers, const double *theta)
{
    const size_t P = (size_t)size, H = (size_t)width, L = (size_t)layers;
    plain_autoregnn *net = calloc(1, sizeof *net);
    net->size = size;
    net->width = width;
    net->layers = layers;
    net->count = H * (P + 1) + (L - 1) * H * (H + 1) + H + 1;
    net->theta = malloc(net->count * sizeof(double));
    memcpy(net->theta, theta, net->count * sizeof(double));
    net->past = calloc(P, sizeof(double));
    net->a = calloc(L * H, sizeof(double));
    net->delta = calloc(L * H, sizeof(double));
    return net;
}

static double forward(plain_autoregnn *net, const double *past)
{
    const double *w = net->theta, *x = past;
    const int width = net->width;
    int inputs = net->size;
    for (int layer = 0; layer < net->layers; ++layer) {
        const double *b = w + inputs * width;
        double *a = net->a + layer * width;
        for (int i = 0; i < width; ++i) {
            double z = b[i];
            for (int j = 0; j < inputs; ++j) z += w[i * inputs + j] * x[j];
#ifdef TANH_APART
            a[i] = z;
        }
        for (int i = 0; i < width; ++i) a[i] = tanh(a[i]);
#else
            a[i] = tanh(z);
        }
#endif
        w = b + width;
        x = a;
        inputs = width;
    }
    double y = w[width];
    for (int i = 0; i < width; ++i) y += w[i] * x[i];
    return tanh(y);
}

static void backward(plain_autoregnn *net, double delta_out)
{
    const int width = net->width, last = net->layers - 1;
    const double *w = net->theta + net->count - width - 1;
    for (int i = 0; i < width; ++i) {
        const double a = net->a[last * width + i];
        net->delta[last * width + i] = w[i] * delta_out * (1.0 - a * a);
    }
    for (int layer = last; layer > 0; --layer) {
        const double *above = net->delta + layer * width, *a = net->a + (layer - 1) * width;
        double *delta = net->delta + (layer - 1) * width;
        w -= width * (width + 1);
        for (int k = 0; k < width; ++k) delta[k] = 0.0;
        for (int i = 0; i < width; ++i)
            for (int k = 0; k < width; ++k) delta[k] += w[i * width + k] * above[i];
        for (int k = 0; k < width; ++k) delta[k] *= 1.0 - a[k] * a[k];
    }
}

static void update(plain_autoregnn *net, const double *past, double delta_out, double lr,
                   double keep)
{
    const int width = net->width;
    const double *x = past;
    double *w = net->theta;
    int inputs = net->size;
    for (int layer = 0; layer < net->layers; ++layer) {
        const double *delta = net->delta + layer * width;
        double *b = w + inputs * width;
        for (int i = 0; i < width; ++i) {
            const double step = lr * delta[i];
            for (int j = 0; j < inputs; ++j)
                w[i * inputs + j] = keep * w[i * inputs + j] - step * x[j];
            b[i] -= step;
        }
        w = b + width;
        x = net->a + layer * width;
        inputs = width;
    }
    for (int i = 0; i < width; ++i) w[i] = keep * w[i] - lr * delta_out * x[i];
    w[width] -= lr * delta_out;
}

static void learn(plain_autoregnn *net, const double *past, double target, double lr, double ridge)
{
    const double y = forward(net, past), delta_out = (y - target) * (1.0 - y * y);
    backward(net, delta_out);
    update(net, past, delta_out, lr, 1.0 - lr * ridge);
}

static void remember(plain_autoregnn *net, double sample)
{
    memmove(net->past + 1, net->past, (size_t)(net->size - 1) * sizeof(double));
    net->past[0] = sample;
}

void plain_autoregnn_process(plain_autoregnn *net, int n, const double *in, double *out, double lr,
                             double ridge)
{
    for (int t = 0; t < n; ++t) {
        learn(net, net->past, in[t], lr, ridge);
        out[t] = forward(net, net->past);
        remember(net, out[t]);
    }
}

plain_autoregnn2 *plain_autoregnn2_new(int size, int width, int layers, const double *theta)
{
    plain_autoregnn2 *pair = calloc(1, sizeof *pair);
    pair->mixed = plain_autoregnn_new(size, width, layers, theta);
    for (int k = 0; k < 2; ++k)
        pair->net[k] =
            plain_autoregnn_new(size, width, layers, theta + (size_t)k * pair->mixed->count);
    return pair;
}

void plain_autoregnn2_process(plain_autoregnn2 *pair, int n, const double *in1, const double *in2,
                              double *out, double mix, double lr, double ridge)
{
    plain_autoregnn *mixed = pair->mixed;
    const double *one = pair->net[0]->theta, *other = pair->net[1]->theta;
    for (int t = 0; t < n; ++t) {
        learn(pair->net[0], mixed->past, in1[t], lr, ridge);
        learn(pair->net[1], mixed->past, in2[t], lr, ridge);
        for (size_t i = 0; i < mixed->count; ++i)
            mixed->theta[i] = (1.0 - mix) * one[i] + mix * other[i];
        out[t] = forward(mixed, mixed->past);
        remember(mixed, out[t]);
    }
}
