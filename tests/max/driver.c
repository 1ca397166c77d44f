/* Drives objects of Max through a script on stdin:
 *
 *     driver FOLDER SUFFIX [threads]
 *
 * loads FOLDER/NAMESUFFIX for a box NAME and does, line after line:
 *
 *     new SLOT NAME ATOMS..       a box; `restore` the same, with what was frozen last
 *     free SLOT
 *     cords SLOT N..              channels that come into each inlet, 0: no cord
 *     dsp RATE VECTOR             sound on, or anew; `redsp`: while the old chain plays on; `off`
 *     hear N                      N vectors, whose samples follow as bytes; what is said, to stdout
 *     noise N SEED                N vectors of noise and worse; what is said must be finite
 *     pass MS                     time without sound
 *     send SLOT WORD ATOMS..      on the main thread, `late` on the scheduler's
 *     into SLOT INLET WORD ATOMS..  through another inlet, `lateinto`
 *     buffer NAME FRAMES CHANNELS, release NAME, rename NAME OTHER, draw NAME INDEX NUMBERS..
 *     show NAME, ask SLOT ATTRIBUTE, facts NAME, assist SLOT, dblclick SLOT
 *     freeze SLOT ATTRIBUTES..    with their values
 *
 * A number with a point or an exponent is a float, another an int. With `threads`, sound is
 * computed and clocks and late messages run on threads of their own; there is no `hear`. */
#include "stub.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef _WIN32
#include <fcntl.h>
#include <io.h>
#include <windows.h>
#else
#include <dlfcn.h>
#include <sched.h>
#endif

STUB_LOCK(patching); /* held while a box is made or freed, and while another thread sends */

enum { SLOTS = 8, ATOMS = 8000, LINE = 1 << 18 };

static t_object *slots[SLOTS];
static t_dictionary *frozen;
static double rate = 48000.0;
static long vector = 64;
static int threaded;
static const char *folder, *suffix;

/* ---- words and atoms ---- */

static char *line_text;
static EACH_THREAD char *rest; /* of the line that is being done */

static char *next_word(void)
{
    while (*rest && strchr(" \n\r", *rest)) ++rest;
    char *word = rest;
    while (*rest && !strchr(" \n\r", *rest)) ++rest;
    if (*rest) *rest++ = 0;
    return *word ? word : NULL;
}

static long next_long(void)
{
    const char *word = next_word();
    return word ? atol(word) : 0;
}

static double next_double(void)
{
    const char *word = next_word();
    return word ? atof(word) : 0.0;
}

static t_object **next_slot(void)
{
    const long slot = next_long();
    if (slot < 0 || slot >= SLOTS) exit(2);
    return &slots[slot];
}

static void read_atom(const char *word, t_atom *atom)
{
    char *end;
    const double value = strtod(word, &end);
    if (*end || end == word)
        atom_setsym(atom, gensym(word));
    else if (strspn(word, "-0123456789") == strlen(word) && fabs(value) < 0x1p62)
        atom_setlong(atom, (t_atom_long)value);
    else
        atom_setfloat(atom, value);
}

static short read_atoms(t_atom *atoms)
{
    short count = 0;
    for (char *word = next_word(); word && count < ATOMS; word = next_word())
        read_atom(word, &atoms[count++]);
    return count;
}

/* ---- boxes ---- */

static t_class *load(const char *name)
{
    const char *file = !strncmp(name, "mc.", 3) ? name + 3 : name;
    char path[4096];
    t_class *c = stub_find_class(name);
    void (*start)(void *);
    if (c) return c;
    snprintf(path, sizeof path, "%s/%s%s", folder, file, suffix);
#ifdef _WIN32
    HMODULE library = LoadLibraryA(path);
    if (!library) fprintf(stderr, "error: %lu for %s\n", GetLastError(), path);
    if (library) start = (void (*)(void *))(void (*)(void))GetProcAddress(library, "ext_main");
#else
    void *library = dlopen(path, RTLD_NOW);
    if (!library) fprintf(stderr, "error: %s\n", dlerror());
    if (library) *(void **)&start = dlsym(library, "ext_main");
#endif
    if (!library || !start) exit(1);
    start(NULL);
    return stub_find_class(name);
}

static void make(int restores)
{
    typedef t_object *maker(t_symbol *, long, t_atom *);
    static t_atom atoms[ATOMS];
    t_object **slot = next_slot();
    const char *name = next_word();
    t_class *c = load(name);
    if (!c) exit(3);
    const short count = read_atoms(atoms);
    if (*slot) return;
    LOCK(patching);
    gensym("#D")->s_thing = restores ? (t_object *)frozen : NULL;
    *slot = ((maker *)(void (*)(void))c->make)(c->name, count, atoms);
    gensym("#D")->s_thing = NULL;
    UNLOCK(patching);
    if (*slot)
        stub_add_box(*slot);
    else
        fprintf(stderr, "no box\n");
}

static void unmake(t_object **slot)
{
    LOCK(patching);
    if (*slot) freeobject(*slot);
    *slot = NULL;
    UNLOCK(patching);
}

/* ---- sound ---- */

static unsigned noise = 1;
static int not_finite, over;

static double next_noise(void)
{
    static const double worst[] = {NAN, INFINITY, -INFINITY, 1e300, -1e300, 5e-324, 1e6, 0.0};
    noise = noise * 1664525u + 1013904223u;
    if (noise >> 20 < 8) return worst[noise >> 20];
    return (double)(noise >> 8) * 0x1p-23 - 1.0;
}

static void fill_noise(stub_box *b, double **in, long channels, long n)
{
    (void)b;
    for (long c = 0; c < channels; ++c)
        for (long i = 0; i < n; ++i) in[c][i] = next_noise();
}

static void check(stub_box *b, double **out, long channels, long n)
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

static void play_noise(void)
{
    const long count = next_long();
    if (threaded) return;
    noise = (unsigned)next_long();
    play(count, fill_noise, check);
}

static void set_cords(void)
{
    t_object **slot = next_slot();
    for (int k = 0; *slot && k < STUB_INLETS; ++k) stub_box_of(*slot)->cords[k] = (int)next_long();
    if (threaded) stub_compile_again(NULL);
}

/* the chain that is being replaced has one more vector to play */
static void meanwhile(void)
{
    stub_tick(fill_noise, check);
}

/* ---- messages ---- */

static void say(stub_thread from, int names_inlet)
{
    static EACH_THREAD t_atom atoms[ATOMS];
    t_object *x = *next_slot();
    const long inlet = names_inlet ? next_long() : 0;
    const char *word = next_word();
    const short count = read_atoms(atoms);
    if (!x) return;
    const stub_thread before = stub_play(from);
    const int known = stub_send(x, inlet, word, count, count ? atoms : NULL);
    stub_play(before);
    if (!known && from == MAIN)
        fprintf(stderr, "error: %s: doesn't understand \"%s\"\n", object_classname(x)->s_name,
                word);
}

static void ask(void)
{
    t_object *x = *next_slot();
    const char *name = next_word();
    long count = 0;
    t_atom *atoms = NULL;
    if (!x || !stub_get(x, name, &count, &atoms)) return;
    fprintf(stderr, "%s:", name);
    stub_print_atoms(count, atoms);
    free(atoms);
}

static void tell_facts(void)
{
    const t_class *c = load(next_word());
    for (int i = 0; i < c->count; ++i)
        fprintf(stderr, "method: %s %d\n", c->methods[i].name, c->methods[i].type);
    for (int i = 0; i < c->attribute_count; ++i) {
        const stub_attribute *a = c->attributes[i];
        fprintf(stderr, "attribute: %s %s\n", a->name->s_name, a->type->s_name);
        for (int k = 0; k < a->fact_count; ++k) {
            fprintf(stderr, "fact: %s %s", a->name->s_name, a->facts[k].name);
            stub_print_atoms(a->facts[k].count, a->facts[k].atoms);
        }
    }
}

static void tell_assist(void)
{
    typedef void assist(t_object *, void *, long, long, char *);
    t_object *x = *next_slot();
    const stub_box *b = stub_box_of(x);
    const method m = stub_find(stub_class(x), "assist", NULL);
    char text[ASSIST_MAX_STRING_LEN];
    for (long k = 0; k < b->signals + b->outlet_count; ++k) {
        const int is_outlet = k >= b->signals;
        ((assist *)(void (*)(void))m)(x, NULL, is_outlet ? ASSIST_OUTLET : ASSIST_INLET,
                                      is_outlet ? k - b->signals : k, text);
        fprintf(stderr, "%s: %s\n", is_outlet ? "outlet" : "inlet", text);
    }
}

/* ---- buffers ---- */

static void draw(void)
{
    const char *name = next_word();
    long index = next_long(), count = 0;
    float *samples = stub_samples(name, &count, NULL);
    for (char *word = next_word(); samples && word; word = next_word(), ++index)
        if (index >= 0 && index < count) samples[index] = (float)atof(word);
    stub_modified(name);
}

static void show(void)
{
    const char *name = next_word();
    long count = 0;
    int dirty = 0;
    const float *samples = stub_samples(name, &count, &dirty);
    fprintf(stderr, "%s: %d", name, dirty);
    for (long i = 0; samples && i < count; ++i) fprintf(stderr, " %.9g", (double)samples[i]);
    fprintf(stderr, "\n");
}

static void make_buffer(void)
{
    const char *name = next_word();
    const long frames = next_long(), channels = next_long();
    stub_buffer(name, frames, channels > 0 ? channels : 1);
}

static void rename_buffer(void)
{
    const char *name = next_word(), *other = next_word();
    stub_rename(name, other);
}

/* ---- all of it ---- */

static void freeze(void)
{
    t_object *x = *next_slot();
    stub_forget(frozen);
    frozen = stub_dictionary();
    for (char *name = next_word(); x && name; name = next_word()) stub_freeze(frozen, x, name);
}

static void compile(void (*also)(void))
{
    passed = now();
    played = 0;
    rate = next_double();
    vector = next_long();
    stub_compile(1, rate, vector, also);
}

static void turn_on(void)
{
    compile(NULL);
}

static void turn_over(void)
{
    compile(threaded ? NULL : meanwhile);
}

static void pass(void)
{
    passed += next_double();
    if (!threaded) stub_advance(now(), 1);
}

static void dblclick(void)
{
    t_object *x = *next_slot();
    const method m = x ? stub_find(stub_class(x), "dblclick", NULL) : NULL;
    if (m) ((void (*)(t_object *))(void (*)(void))m)(x);
}

static void drop(void)
{
    unmake(next_slot());
}

static void turn_off(void)
{
    stub_compile(0, rate, vector, NULL);
}

static void make_plain(void)
{
    make(0);
}

static void make_restored(void)
{
    make(1);
}

static void send_now(void)
{
    say(MAIN, 0);
}

static void send_late(void)
{
    say(SCHEDULER, 0);
}

static void send_into(void)
{
    say(MAIN, 1);
}

static void send_late_into(void)
{
    say(SCHEDULER, 1);
}

static void hear(void)
{
    play(next_long(), read_samples, write_samples);
}

static void release(void)
{
    stub_release(next_word());
}

static const struct {
    const char *name;
    void (*act)(void);
} deeds[] = {
    {"new", make_plain},
    {"restore", make_restored},
    {"free", drop},
    {"cords", set_cords},
    {"dsp", turn_on},
    {"redsp", turn_over},
    {"off", turn_off},
    {"hear", hear},
    {"noise", play_noise},
    {"pass", pass},
    {"send", send_now},
    {"late", send_late},
    {"into", send_into},
    {"lateinto", send_late_into},
    {"buffer", make_buffer},
    {"release", release},
    {"rename", rename_buffer},
    {"draw", draw},
    {"show", show},
    {"ask", ask},
    {"facts", tell_facts},
    {"assist", tell_assist},
    {"freeze", freeze},
    {"dblclick", dblclick},
};

static void act(char *text)
{
    rest = text;
    const char *name = next_word();
    const size_t count = sizeof deeds / sizeof *deeds;
    size_t k = 0;
    if (!name) return;
    while (k < count && strcmp(deeds[k].name, name)) ++k;
    if (k == count) exit(4);
    deeds[k].act();
    if (!stub_is_main()) return;
    stub_drain();
    if (stub_broken()) stub_compile_again(NULL);
}

/* ---- threads of their own ---- */

#ifndef _WIN32

enum { LATE = 4096 };
static char *late[LATE]; /* lines for the scheduler's thread */
static atomic_int late_given, late_done, finished, vectors;

static void *sound(void *nothing)
{
    stub_play(AUDIO);
    while (!atomic_load(&finished)) {
        stub_tick(fill_noise, check);
        atomic_fetch_add(&vectors, 1);
        sched_yield();
    }
    return nothing;
}

static void *schedule(void *nothing)
{
    stub_play(SCHEDULER);
    for (double ms = 0.0; !atomic_load(&finished); ms += 5.0) {
        stub_advance(ms, 0);
        const int k = atomic_load(&late_done);
        if (k < atomic_load(&late_given)) {
            LOCK(patching);
            act(late[k]);
            UNLOCK(patching);
            free(late[k]);
            atomic_store(&late_done, k + 1);
        }
        sched_yield();
    }
    return nothing;
}

/* 1 if the line is for the other thread, which may take its time */
static int give_late(const char *text)
{
    const int k = atomic_load(&late_given);
    if (strncmp(text, "late", 4) && strncmp(text, "ask", 3)) return 0;
    if (k == LATE) exit(2);
    late[k] = strdup(text);
    atomic_store(&late_given, k + 1);
    return 1;
}

/* each thing that the main thread does comes a few vectors after the one before */
static void act_in_threads(void)
{
    pthread_t threads[2];
    pthread_create(&threads[0], NULL, sound, NULL);
    pthread_create(&threads[1], NULL, schedule, NULL);
    while (fgets(line_text, LINE, stdin)) {
        const int begun = atomic_load(&vectors);
        if (!give_late(line_text)) act(line_text);
        stub_drain();
        while (atomic_load(&vectors) < begun + 2) sched_yield();
    }
    while (atomic_load(&late_done) < atomic_load(&late_given)) {
        stub_drain();
        sched_yield();
    }
    atomic_store(&finished, 1);
    for (int k = 0; k < 2; ++k) pthread_join(threads[k], NULL);
    stub_drain();
}

#endif

int main(int argc, char **argv)
{
    if (argc < 3) return 2;
#ifdef _WIN32
    _setmode(0, _O_BINARY), _setmode(1, _O_BINARY), _setmode(2, _O_BINARY);
    fputs("here\n", stderr); /* so that it is known whether Wine came so far */
#endif
    folder = argv[1];
    suffix = argv[2];
    threaded = argc > 3;
    line_text = malloc(LINE);
#ifndef _WIN32
    if (threaded) act_in_threads();
#endif
    while (fgets(line_text, LINE, stdin)) act(line_text);
    for (int k = 0; k < SLOTS; ++k) unmake(&slots[k]);
    turn_off();
    stub_release_all();
    stub_forget(frozen);
    stub_free_classes();
    stub_free_symbols();
    free(line_text);
    if (not_finite) fprintf(stderr, "not finite\n");
    return over ? 5 : not_finite ? 6 : 0;
}
