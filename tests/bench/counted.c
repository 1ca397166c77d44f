/* Runs one network for so many samples: counted autoregnn SIZE WIDTH SAMPLES, or
 * counted unlearn NEURONS INPUTS SAMPLES. For programs that count instructions. */
#include <stdlib.h>
#include <string.h>

#include "autoregnn.h"
#include "unlearn.h"

enum { BLOCK = 64 };

static void run_autoregnn(int size, int width, size_t samples)
{
    double in[BLOCK], out[BLOCK];
    autoregnn *net = malloc(autoregnn_bytes(size, width, 1));
    if (!net || autoregnn_init(net, size, width, 1, 1, 1.0)) exit(2);
    for (size_t i = 0; i < BLOCK; ++i) in[i] = i < BLOCK / 2 ? 0.5 : -0.5;
    for (size_t at = 0; at < samples; at += BLOCK)
        autoregnn_process(net, BLOCK, in, NULL, out, NULL);
    free(net);
}

static void run_unlearn(int neurons, int inputs, size_t samples)
{
    double out[BLOCK], *const outs[] = {out};
    const unlearn_shape shape = {neurons, inputs, 2400, 0};
    unlearn *net = malloc(unlearn_bytes(&shape));
    if (!net || unlearn_init(net, &shape, 48000.0, 1, 2.0, 0.1)) exit(2);
    unlearn_set_activation(net, UNLEARN_TANH);
    unlearn_set_energy(net, UNLEARN_TANH);
    for (size_t at = 0; at < samples; at += BLOCK) unlearn_process(net, BLOCK, NULL, NULL, outs, 1);
    free(net);
}

int main(int count, char **words)
{
    if (count != 5) return 2;
    const int first = atoi(words[2]), second = atoi(words[3]);
    const size_t samples = (size_t)atol(words[4]);
    if (strcmp(words[1], "unlearn"))
        run_autoregnn(first, second, samples);
    else
        run_unlearn(first, second, samples);
    return 0;
}
