// A host in C++: every public header, and the calls that any host makes.
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "autoregnn.h"
#include "autoregnn2.h"
#include "unlearn.h"
#include "unlearn_presets.h"

namespace {

constexpr std::size_t kSamples = 64;

void expect(bool holds, const char *what)
{
    if (holds) return;
    std::fprintf(stderr, "not so: %s\n", what);
    std::exit(1);
}

// memory for a model, at a multiple of 8
std::vector<double> memory(std::size_t bytes)
{
    expect(bytes > 0, "the sizes are in range");
    return std::vector<double>(bytes / sizeof(double) + 1);
}

void play_autoregnn(const double *in, double *out, double *error)
{
    auto one = memory(autoregnn_bytes(12, 8, 1)), other = memory(autoregnn_bytes(5, 9, 2));
    auto *net = reinterpret_cast<autoregnn *>(one.data());
    auto *next = reinterpret_cast<autoregnn *>(other.data());
    expect(autoregnn_init(net, 12, 8, 1, 1, 1.0) == 0, "it is made");
    expect(autoregnn_init(next, 5, 9, 2, 1, 1.0) == 0, "its successor is made");
    const double *signals[AUTOREGNN_CONTROLS] = {};
    signals[AUTOREGNN_LR] = in;
    for (int k = 0; k < AUTOREGNN_CONTROLS; ++k)
        expect(autoregnn_set(net, k, autoregnn_controls[k].initial) == 0, "a control is set");
    autoregnn_process(net, kSamples, in, signals, out, error);
    const autoregnn_stream streams[] = {{net, in, nullptr, out, error}};
    autoregnn_process_many(streams, 1, kSamples);
    autoregnn_keep(next, net);
    expect(std::fabs(out[kSamples - 1]) <= 1.0, "autoregnn sounds");
}

void play_autoregnn2(const double *in, double *out)
{
    auto one = memory(autoregnn2_bytes(12, 8, 1)), other = memory(autoregnn2_bytes(12, 8, 1));
    auto *pair = reinterpret_cast<autoregnn2 *>(one.data());
    auto *twin = reinterpret_cast<autoregnn2 *>(other.data());
    expect(autoregnn2_init(pair, 12, 8, 1, 1, 1.0) == 0, "it is made");
    autoregnn2_process(pair, kSamples, in, in, nullptr, out, nullptr, nullptr);
    autoregnn2_copy(twin, pair);
    expect(autoregnn2_size(twin) == 12, "a copy has its shape");
}

void play_unlearn(double *out)
{
    const unlearn_preset &preset = unlearn_presets[0];
    auto one = memory(unlearn_bytes(&preset.shape));
    auto *net = reinterpret_cast<unlearn *>(one.data());
    expect(unlearn_init(net, &preset.shape, 48000.0, 1, preset.scale, preset.excite) == 0, "made");
    expect(unlearn_set_activation(net, preset.activation) == 0, "a function is chosen");
    expect(unlearn_set_energy(net, -1) == -1, "no such function");
    double *const outs[] = {out};
    unlearn_process(net, kSamples, nullptr, nullptr, outs, 1);
    unlearn_bang(net);
    expect(std::isnan(unlearn_held(net, UNLEARN_CONTROLS)), "no such control");
}

}  // namespace

int main()
{
    double in[kSamples], out[kSamples], error[kSamples];
    for (std::size_t i = 0; i < kSamples; ++i) in[i] = std::sin(0.1 * static_cast<double>(i));
    play_autoregnn(in, out, error);
    play_autoregnn2(in, out);
    play_unlearn(out);
    return 0;
}
