#include "options.h"

#include <stdlib.h>
#include <string.h>

#include "box.h"
#include "lines.h"

static const object_model *const models[] = {&object_autoregnn, &object_autoregnn2,
                                             &object_unlearn};
enum { MODELS = sizeof models / sizeof *models };

const object_model *options_model(const char *name)
{
    for (int k = 0; k < MODELS; ++k)
        if (!strcmp(name, models[k]->name)) return models[k];
    return NULL;
}

/* what is left of the command line */
typedef struct {
    int argc;
    char **argv;
    char *text; /* where the next text can be put together */
} rest;

static const char *next(rest *r)
{
    if (!r->argc) return NULL;
    --r->argc;
    return *r->argv++;
}

static void add(options *o, const char *text)
{
    o->words[o->count++] = lines_word(text);
}

/* -NAME and perhaps VALUE, as a box has it; value: what stands behind NAME=, NULL if nothing does
 */
static int add_setting(options *o, rest *r, const char *name, const char *value)
{
    const object_model *m = o->model;
    const size_t length = value ? (size_t)(value - name) - 1 : strlen(name);
    char *flag = r->text;
    *flag = '-';
    memcpy(flag + 1, name, length);
    flag[1 + length] = 0;
    r->text += length + 2;
    const int which = word_find(m->words, m->count, flag + 1);
    if (value && which >= 0 && m->words[which].kind == WORD_SWITCH) {
        box_say("%s takes no value, not %.99s", flag + 1, value);
        return -1;
    }
    add(o, flag);
    if (value) add(o, value);
    return 0;
}

static int read_channels(options *o, const char *value)
{
    const word_given given = lines_word(value);
    o->channels = given.number >= 1.0 && given.number <= OBJECT_SOURCES_MAX ? (int)given.number : 0;
    if (o->channels && o->channels == given.number) return 0;
    box_say("channels must be an integer within 1..%d, not %.99s", OBJECT_SOURCES_MAX, value);
    return -1;
}

static int read_set(options *o, rest *r, const char *value)
{
    const char *end = strchr(value, '=');
    if (end) return add_setting(o, r, value, end + 1);
    box_say("set must be followed by NAME=VALUE, not %.99s", value);
    return -1;
}

/* NAME, NAME VALUE or NAME=VALUE: of the program, or else of the model */
static int read_option(options *o, rest *r, const char *name)
{
    const struct {
        const char *name, **text;
        int *is; /* nothing follows */
    } own[] = {{"read", &o->read, NULL},
               {"write", &o->write, NULL},
               {"name", &o->name, NULL},
               {"channels", NULL, NULL},
               {"set", NULL, NULL},
               {"connect", NULL, &o->connect},
               {"until-eof", NULL, &o->until_eof},
               {"help", NULL, &o->help}};
    enum { CHANNELS = 3, SET = 4, COUNT = sizeof own / sizeof *own };
    const char *equals = strchr(name, '='), *value = equals ? equals + 1 : NULL;
    const size_t length = equals ? (size_t)(equals - name) : strlen(name);
    int k = 0;
    while (k < COUNT && (strlen(own[k].name) != length || strncmp(own[k].name, name, length))) ++k;
    if (k == COUNT) return add_setting(o, r, name, value);
    if (own[k].is) {
        *own[k].is = 1;
        return 0;
    }
    if (!value) value = next(r);
    if (!value || !*value) {
        box_say("%s must be followed by something, not nothing", own[k].name);
        return -1;
    }
    if (own[k].text) *own[k].text = value;
    return k == CHANNELS ? read_channels(o, value) : k == SET ? read_set(o, r, value) : 0;
}

static int read_model(options *o, const char *name)
{
    char names[WORD_TEXT_MAX] = "";
    o->model = name ? options_model(name) : NULL;
    if (o->model) return 0;
    for (int k = 0; k < MODELS; ++k) word_append(names, models[k]->name);
    box_say("the model must be one of%s, not %.99s", names, name ? name : WORD_NOTHING.text);
    return -1;
}

int options_read(options *o, int argc, char **argv)
{
    rest r = {argc - 1, argv + 1, NULL};
    size_t room = 1;
    int wrong = 0;
    *o = (options){0};
    for (int i = 1; i < argc; ++i) room += strlen(argv[i]) + 2;
    o->words = calloc(2 * (size_t)argc, sizeof *o->words);
    o->texts = r.text = malloc(room);
    if (!o->words || !o->texts) return -1;
    const char *first = next(&r);
    o->help = first && !strcmp(first, "--help");
    if (o->help) return 0;
    if (read_model(o, first)) return -1;
    for (const char *given; (given = next(&r));)
        if (!strncmp(given, "--", 2))
            wrong |= read_option(o, &r, given + 2);
        else
            add(o, given);
    return wrong;
}

void options_free(options *o)
{
    free(o->words);
    free(o->texts);
}
