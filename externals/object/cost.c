/* What a network costs here, before it is built. */
#ifdef _WIN32
#include <windows.h>
#else
#define _POSIX_C_SOURCE 200809L
#define _DARWIN_C_SOURCE
#include <time.h>
#include <unistd.h>
#endif
#ifdef __APPLE__
#include <sys/sysctl.h>
#endif
#include <stdio.h>
#include <stdlib.h>

#include "object.h"

double object_seconds(void)
{
#ifdef _WIN32
    LARGE_INTEGER ticks, second;
    QueryPerformanceCounter(&ticks);
    QueryPerformanceFrequency(&second);
    return (double)ticks.QuadPart / (double)second.QuadPart;
#else
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
#endif
}

/* of this machine; 0 if it does not say */
static double memory_bytes(void)
{
#if defined _WIN32
    MEMORYSTATUSEX status = {.dwLength = sizeof status};
    return GlobalMemoryStatusEx(&status) ? (double)status.ullTotalPhys : 0.0;
#elif defined __APPLE__
    uint64_t bytes = 0;
    size_t size = sizeof bytes;
    return sysctlbyname("hw.memsize", &bytes, &size, NULL, 0) ? 0.0 : (double)bytes;
#elif defined __wasm__
    return 0x1p32; /* what a page can have */
#else
    return (double)sysconf(_SC_PHYS_PAGES) * (double)sysconf(_SC_PAGE_SIZE);
#endif
}

/* Seconds that a weight takes, for one sample: the best of a few blocks of a network of some
 * thousand weights, which fits into a cache. Larger ones take rather more. */
static double measure(const object *o)
{
    enum { SAMPLES = 4, BLOCKS = 5 };
    const object_model *m = o->model;
    double values[WORDS_MAX], in[SAMPLES] = {0.0}, out[4][SAMPLES], best = 0.0;
    object_initial(m, values);
    for (int k = 0; k < m->count; ++k) /* its shape but for the first of it */
        if (m->words[k].effect == WORD_REBUILDS && m->words[k].is->high == 1024.0) values[k] = 64.0;
    void *net = calloc(1, m->bytes(values));
    if (!net) return 0.0;
    m->init(net, values, o->samplerate, 1);
    const double *sources[OBJECT_SOURCES_MAX];
    double *outs[] = {out[0], out[1], out[2], out[3]};
    for (int k = 0; k < OBJECT_SOURCES_MAX; ++k) sources[k] = in;
    const object_voice voice = {net, sources, NULL, outs, m->outs ? m->outs : 1};
    for (int block = 0; block < BLOCKS; ++block) {
        const double begin = object_seconds();
        m->process(&voice, 1, SAMPLES);
        const double took = object_seconds() - begin;
        if (!block || took < best) best = took;
    }
    free(net);
    return best / (double)SAMPLES / m->cells(values);
}

/* the same, measured once for each model */
static double seconds_a_cell(const object *o)
{
    static struct {
        const object_model *model;
        double seconds;
    } known[3];
    for (int k = 0; k < 3; ++k) {
        if (!known[k].model) {
            known[k].seconds = measure(o);
            known[k].model = o->model;
        }
        if (known[k].model == o->model) return known[k].seconds;
    }
    return 0.0;
}

void object_weigh(object *o, int channels)
{
    /* a quarter of the memory; and so many weights a second that any machine has time for them */
    static const double share = 0.25, easy = 2e8;
    const double *values = o->values;
    char shape[WORD_TEXT_MAX], text[WORD_TEXT_MAX];
    const double cells = o->model->cells(values) * channels * o->samplerate;
    const double bytes = (double)o->model->bytes(values) * channels, memory = memory_bytes();
    const double load = cells > easy ? cells * seconds_a_cell(o) : 0.0;
    o->model->shape(values, shape);
    if (load >= 1.0) {
        snprintf(text, sizeof text,
                 "%.800s will not play without gaps: here it takes about %.2g times the time that "
                 "it sounds",
                 shape, load);
        o->host->say(o->owner, OBJECT_WARNING, text);
    }
    if (memory > 0.0 && bytes > share * memory) {
        snprintf(text, sizeof text, "%.800s takes %.2g GB of the %.2g GB that this machine has",
                 shape, bytes * 1e-9, memory * 1e-9);
        o->host->say(o->owner, OBJECT_WARNING, text);
    }
}
