/* A test double of the few entry points of Pd that the externals call, for samples of either size:
 *
 *     double FILE SETUP BLOCK CONNECTED POINTS ATOMS.. [, @K WORD ATOMS..]..
 *
 * makes a box from atoms, feeds it samples from stdin at the inlets named in CONNECTED (digits) and
 * writes what its outlets say to stdout, block after block, inlet after inlet. The box is made 40
 * ms before the sound begins. Before block K it sends a message; `w` writes to the array w, which
 * has POINTS points, and `w resize N` resizes it; `save` shows what the patch would hold. Outlet 0
 * has the memory of inlet 1 and the other way round, and so on. CYCLES=N in the environment makes
 * and frees N more boxes; SIN: trap.h. */
#define _GNU_SOURCE
#include "double.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dlopen.h"
#include "trap.h"

static t_atom atoms[ATOMS];

/* the words up to a comma: how many */
static int read_atoms(char **words)
{
    int n = 0;
    for (; words[n] && strcmp(words[n], ","); ++n) {
        char *end;
        const double value = strtod(words[n], &end);
        if (*end || end == words[n])
            SETSYMBOL(&atoms[n], gensym(words[n]));
        else
            SETFLOAT(&atoms[n], (t_float)value);
    }
    return n;
}

static void *make(int argc)
{
    typedef void *maker(t_symbol *, int, t_atom *);
    return ((maker *)(void (*)(void))the_class.make)(the_class.name, argc, atoms);
}

static t_method find(const char *word)
{
    for (int i = 0; i < the_class.count; ++i)
        if (!strcmp(the_class.selectors[i]->s_name, word)) return the_class.methods[i];
    return NULL;
}

static void resize(int points)
{
    t_word *words = calloc((size_t)points + 1, sizeof *words);
    for (int i = 0; i < points && i < array.points; ++i) words[i] = array.words[i];
    free(array.words);
    array = (t_garray){words, points, array.generation + 1};
}

static void write_array(int argc)
{
    if (atoms[0].a_type == A_SYMBOL)
        resize((int)atoms[1].a_w.w_float);
    else
        for (int i = 1; i < argc; ++i)
            array.words[(int)atoms[0].a_w.w_float + i - 1] = atoms[i].a_w;
}

static void send(t_pd *x, const char *word, int argc)
{
    const t_method method = find(word);
    const int bare = !strcmp(word, "bang") || !strcmp(word, "reset") || !strcmp(word, "clear") ||
                     !strcmp(word, "report") || !strcmp(word, "dump") || !strcmp(word, "snapshots");
    if (!strcmp(word, "w"))
        write_array(argc);
    else if (!strcmp(word, "save"))
        the_class.save((t_gobj *)(void *)x, NULL);
    else if (!method)
        fprintf(stderr, "error: no method %s\n", word);
    else if (bare)
        ((void (*)(t_pd *))(void (*)(void))method)(x);
    else
        ((void (*)(t_pd *, t_symbol *, int, t_atom *))(void (*)(void))method)(x, gensym(word), argc,
                                                                              argc ? atoms : NULL);
}

/* every message for this block; where the next one stands */
static char **send_all(t_pd *x, char **words, int block)
{
    while (*words && atoi(words[1] + 1) == block) {
        const char *word = words[2];
        words += 3;
        const int argc = read_atoms(words);
        words += argc;
        send(x, word, argc);
    }
    return words;
}

/* each at its own time */
static void run_clocks(double until)
{
    const double here = now;
    for (int i = 0; i < clock_count; ++i)
        while (clocks[i]->at > UNSET && clocks[i]->at <= until) {
            now = clocks[i]->at;
            clocks[i]->at = UNSET;
            ((void (*)(void *))(void (*)(void))clocks[i]->function)(clocks[i]->owner);
        }
    now = here;
}

static void compute(void)
{
    trap_set(1);
    perform(arguments);
    trap_sin();
    trap_set(0);
}

static t_sample memory[2 * PORTS][SAMPLES];

/* 0 at the end of stdin */
static int fill(t_pd *x, const char *connected, size_t n)
{
    for (int i = 0; i <= inlet_count; ++i) {
        const t_float *scalar = (const t_float *)(const void *)((char *)x + the_class.scalar);
        const t_float value = i ? inlets[i - 1].value : *scalar;
        for (size_t k = 0; k < n; ++k) memory[i][k] = value;
        if (strchr(connected, '0' + i) && fread(memory[i], sizeof(t_sample), n, stdin) != n)
            return 0;
    }
    return 1;
}

static void begin(t_pd *x, int n)
{
    static t_signal signals[2 * PORTS];
    t_signal *sp[2 * PORTS];
    const int ins = 1 + inlet_count;
    for (int k = 0; k < ins + outlet_count; ++k) {
        const int outlet = k - ins;
        const int crossed = outlet >= 0 && (outlet ^ 1) < ins;
        signals[k] = (t_signal){.s_n = n, .s_sr = 48000, .s_vec = memory[crossed ? outlet ^ 1 : k]};
        signals[k].s_refcount = 9; /* no number of channels, though it stands in its place */
        sp[k] = &signals[k];
    }
    ((void (*)(t_pd *, t_signal **))(void (*)(void))find("dsp"))(x, sp);
}

static void say(int n)
{
    const int ins = 1 + inlet_count;
    for (int k = 0; k < outlet_count; ++k)
        fwrite(memory[(k ^ 1) < ins ? k ^ 1 : ins + k], sizeof(t_sample), (size_t)n, stdout);
}

int main(int argc, char **words)
{
    greet();
    void *file = argc > 5 ? dlopen(words[1], RTLD_NOW) : NULL;
    if (!file) return fprintf(stderr, "error: %s\n", dlerror()), 1;
    ((void (*)(void))dlsym(file, words[2]))();
    if (!the_class.size) return 2;
    const int n = atoi(words[3]);
    const char *connected = words[4], *cycles = getenv("CYCLES");
    resize(atoi(words[5]));
    words += 6;
    const int count = read_atoms(words);
    for (int k = cycles ? atoi(cycles) : 0; k > 0; --k) pd_free(make(count));
    t_pd *x = make(count);
    if (!x) return 3;
    begin(x, n);
    words += count;
    for (int block = 0;; ++block) {
        now = block * n / 48.0;
        run_clocks(now - 1e-6);
        words = send_all(x, words, block);
        run_clocks(now);
        if (!fill(x, connected, (size_t)n)) break;
        compute();
        say(n);
    }
    pd_free(x);
    free(array.words);
    return 0;
}
