/* Box: an object (externals/object) in a page. One instance of the module is one box. An
 * AudioWorklet has one thread, where messages are heard between blocks, so the object's two threads
 * are this one, as in Pd: another would want memory that both share, which a page has only where
 * its server sends headers for it. core.js calls what is exported here. */
#include <stdlib.h>
#include <string.h>

#include "isa.h"
#include "object.h"

/* a function that JavaScript calls by this name, and one of JavaScript's */
#define EXPORT(name) __attribute__((export_name(#name)))
#define IMPORT(name) __attribute__((import_module("host"), import_name(#name)))

static const object_model *const models[] = {&object_autoregnn, &object_autoregnn2,
                                             &object_unlearn};

static object x;
static word_given *words; /* (count,) what it is told next */
static int count, room;
static int sound; /* blocks have been asked for */
static int errors;

/* ---- host: what a box does for its object ---- */

IMPORT(say) void host_say(int level, const char *text);
IMPORT(tell)
void host_tell(const char *name, size_t many, const double *numbers, const char *symbol);

static void say(void *owner, object_level level, const char *text)
{
    (void)owner;
    errors += level == OBJECT_ERROR;
    host_say((int)level, text);
}

static void tell(void *owner, const char *name, size_t many, const double *numbers,
                 const char *symbol)
{
    (void)owner;
    host_tell(name, many, numbers, symbol);
}

static const object_host host = {say, tell, NULL, WORD_INTEGER_MAX, '-'};

static void run(object_task *task)
{
    while (task) {
        object_run(&x, task);
        task = object_end(&x, task);
    }
}

/* ---- what it is told ---- */

EXPORT(room) void *box_room(size_t bytes)
{
    return malloc(bytes);
}

EXPORT(free) void box_free(void *memory)
{
    free(memory);
}

/* text: of box_room, which it keeps until the message is over; 0, or -1 if memory is short */
EXPORT(word) int box_word(int is_number, double number, char *text)
{
    if (count == room) {
        word_given *more = realloc(words, 2 * ((size_t)room + 8) * sizeof *more);
        if (!more) return -1;
        words = more;
        room = 2 * (room + 8);
    }
    words[count++] = (word_given){is_number, number, text};
    return 0;
}

static void forget_words(void)
{
    for (int k = 0; k < count; ++k) free((char *)words[k].text);
    count = 0;
}

/* 0; -1 after an error */
EXPORT(message) int box_message(void)
{
    const int before = errors;
    x.sounding = sound;
    if (count) run(object_message(&x, count, words, ""));
    forget_words();
    object_collect(&x);
    return errors > before ? -1 : 0;
}

/* ---- life ---- */

static void refuse(const char *why)
{
    say(NULL, OBJECT_ERROR, why);
}

/* With the words that a box says, of which the first is its model's name: 0, or -1 after an error.
 */
EXPORT(begin) int box_begin(double samplerate)
{
    int model = 0;
    while (strcmp(models[model]->name, words->text)) ++model; /* core.js knows that it is there */
    object_init(&x, models[model], &host, NULL, samplerate);
    if (isa_refusal()) {
        refuse(isa_refusal());
        return -1;
    }
    const object_names names = object_box(&x, count - 1, words + 1, NULL);
    char refusal[WORD_TEXT_MAX];
    if (object_asks_for_patch(&x, &names, "in a page", refusal)) refuse(refusal);
    if (!errors) run(object_channels(&x, 1));
    if (!errors && names.file) run(object_load(&x, names.file, 0));
    forget_words();
    return x.made && !errors ? 0 : -1;
}

/* For blocks of at most n samples; channels: of each inlet, 0: a control holds its value. 0, or -1
 * after an error, and what was open is so still. */
EXPORT(open) int box_open(const int *channels, int n, double samplerate)
{
    object_task *form = object_open(&x, channels, (size_t)n, samplerate);
    run(form);
    if (form) run(object_channels(&x, x.wide));
    return form && x.made >= x.wide ? 0 : -1;
}

/* ---- sound ---- */

/* (channels, n) of a block of n samples */
EXPORT(heard) double *box_heard(int inlet)
{
    return x.in[inlet].samples;
}

/* Returns (rows, n), outlet by outlet, channel by channel. */
EXPORT(process) const double *box_process(int n)
{
    sound = 1;
    object_process(&x, (size_t)n);
    return x.out;
}

EXPORT(outlets) int box_outlets(void)
{
    return object_outlets(&x);
}

EXPORT(width) int box_width(void)
{
    return object_width(&x);
}

/* ---- what it has learnt, to be shown ---- */

static tensors learnt;
static double *shown;

/* How many numbers of 64 bits box_learnt returns, one channel after the other; 0 if memory is
 * short. box_tensor says what they are. */
EXPORT(learnt_words) size_t box_learnt_words(void)
{
    learnt = (tensors){0};
    x.model->tensors(x.values, &learnt);
    free(shown);
    shown = malloc(learnt.learnt_words * (size_t)object_voices(&x) * sizeof *shown);
    return shown ? learnt.learnt_words * (size_t)object_voices(&x) : 0;
}

EXPORT(learnt) const double *box_learnt(void)
{
    for (int c = 0; c < object_voices(&x); ++c)
        x.model->take(object_newest(&x)->net[c], shown + (size_t)c * learnt.learnt_words, 0);
    return shown;
}

EXPORT(tensors) int box_tensors(void)
{
    return learnt.learnt;
}

EXPORT(tensor_name) const char *box_tensor_name(int k)
{
    return learnt.list[k].name;
}

/* 0: whole numbers of 64 bits, 1: doubles */
EXPORT(tensor_real) int box_tensor_real(int k)
{
    return learnt.list[k].type == TENSOR_F64;
}

/* 1 where there is none */
EXPORT(tensor_size) size_t box_tensor_size(int k, int dimension)
{
    return dimension < learnt.list[k].rank ? learnt.list[k].shape[dimension] : 1;
}
