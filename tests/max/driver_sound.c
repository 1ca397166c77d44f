/* Vectors in and out, the signal chain, and the time that passes. */
#include "driver.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static double rate = 48000.0;
static long vector = 64;

static unsigned noise = 1;
static int not_finite, over;

static double next_noise(void)
{
    static const double worst[] = {NAN, INFINITY, -INFINITY, 1e300, -1e300, 5e-324, 1e6, 0.0};
    noise = noise * 1664525u + 1013904223u;
    if (noise >> 20 < 8) return worst[noise >> 20];
    return (double)(noise >> 8) * 0x1p-23 - 1.0;
}

void fill_noise(stub_box *b, double **in, long channels, long n)
{
    (void)b;
    for (long c = 0; c < channels; ++c)
        for (long i = 0; i < n; ++i) in[c][i] = next_noise();
}

void check_finite(stub_box *b, double **out, long channels, long n)
{
    (void)b;
    for (long c = 0; c < channels; ++c)
        for (long i = 0; i < n; ++i)
            if (!isfinite(out[c][i])) not_finite = 1;
}

/* where there is no cord, silence */
static void read_samples(stub_box *b, double **in, long channels, long n)
{
    long done = 0;
    for (int k = 0; k < b->signals; ++k) {
        const long cords = b->cords[k] ? b->cords[k] : 1;
        for (long c = 0; c < cords && done < channels; ++c, ++done)
            if (!b->cords[k])
                memset(in[done], 0, (size_t)n * sizeof **in);
            else if (fread(in[done], sizeof **in, (size_t)n, stdin) != (size_t)n)
                over = 1;
    }
}

static void write_samples(stub_box *b, double **out, long channels, long n)
{
    (void)b;
    for (long c = 0; c < channels; ++c) fwrite(out[c], sizeof **out, (size_t)n, stdout);
}

/* what has passed: ms, and after them samples */
static double passed;
static long played;

static double now(void)
{
    return passed + (double)played * 1000.0 / rate;
}

static void play(long n, stub_input *input, stub_output *output)
{
    for (; n > 0 && !over; --n) {
        stub_advance(now(), 1);
        if (stub_broken()) stub_compile_again(NULL);
        stub_tick(input, output);
        played += vector;
    }
}

void deed_noise(void)
{
    const long count = next_long();
    if (threaded) return;
    noise = (unsigned)next_long();
    play(count, fill_noise, check_finite);
}

void deed_cords(void)
{
    t_object **slot = next_slot();
    for (int k = 0; *slot && k < STUB_INLETS; ++k) stub_box_of(*slot)->cords[k] = (int)next_long();
    if (threaded) stub_compile_again(NULL);
}

/* the chain that is being replaced has one more vector to play */
static void meanwhile(void)
{
    stub_tick(fill_noise, check_finite);
}

static void compile(void (*also)(void))
{
    passed = now();
    played = 0;
    rate = next_double();
    vector = next_long();
    stub_compile(1, rate, vector, also);
}

void deed_dsp(void)
{
    compile(NULL);
}

void deed_redsp(void)
{
    compile(threaded ? NULL : meanwhile);
}

void deed_pass(void)
{
    passed += next_double();
    if (!threaded) stub_advance(now(), 1);
}

void deed_off(void)
{
    stub_compile(0, rate, vector, NULL);
}

void deed_hear(void)
{
    play(next_long(), read_samples, write_samples);
}

int sound_status(void)
{
    if (not_finite) fprintf(stderr, "not finite\n");
    return over ? 5 : not_finite ? 6 : 0;
}
