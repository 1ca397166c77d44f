/* What stands in a box: arguments in their order, flags anywhere. */
#include <stdio.h>
#include <string.h>

#include "object.h"

static int is_flag(const object *o, const word_given *given)
{
    return !given->is_number && given->text[0] == o->host->mark;
}

static void say_no_flag(object *o, const char *name)
{
    char flags[WORD_TEXT_MAX] = "", text[WORD_TEXT_MAX];
    word_append_names(flags, o->model->words, o->model->count);
    if (o->host->mark == '-')
        snprintf(text, sizeof text,
                 "there is no flag -%.99s; flags are, with a dash:%.800s table file", name, flags);
    else
        snprintf(text, sizeof text, "there is no attribute %.99s; attributes are%.800s table file",
                 name, flags);
    o->host->say(o->owner, OBJECT_ERROR, text);
}

const char *object_read_table(object *o, const word_given *given)
{
    char text[WORD_TEXT_MAX];
    if (!given->is_number && given->text != WORD_NOTHING.text) return given->text;
    snprintf(text, sizeof text, "table must be the name of an array, not %.99s", given->text);
    o->host->say(o->owner, OBJECT_ERROR, text);
    return NULL;
}

int object_asks_for_patch(const object *o, const object_names *names, const char *place,
                          char *refusal)
{
    const object_model *m = o->model;
    if (!names->table && o->values[m->fixed] == 0.0 && o->values[m->kept] == 0.0) return 0;
    snprintf(refusal, WORD_TEXT_MAX,
             "there are no arrays and patches %.99s: no table, %.99s or %.99s", place,
             m->words[m->fixed].is->name, m->words[m->kept].is->name);
    return 1;
}

/* how much of what was given the flag took */
static int read_flag(object *o, int count, const word_given *given, object_names *names)
{
    const char *name = given->text + 1;
    const int which = word_find(o->model->words, o->model->count, name);
    const int follows = count > 1 && !is_flag(o, given + 1); /* a value */
    const word_given value = follows ? given[1] : WORD_NOTHING;
    if (!strcmp(name, "table")) {
        const char *array = object_read_table(o, &value);
        names->table = array ? array : names->table;
    } else if (!strcmp(name, "file")) {
        const char *file = object_read_file(o, name, follows, &value, NULL);
        names->file = file ? file : names->file;
    } else if (which < 0)
        say_no_flag(o, name);
    else if (o->model->words[which].kind == WORD_SWITCH && o->host->mark == '-') {
        o->values[which] = 1; /* a flag alone */
        return 1;
    } else
        object_read(o, which, o->model->words[which].is->high, &value);
    return 1 + follows;
}

static void read_argument(object *o, int position, const word_given *given)
{
    char names[WORD_TEXT_MAX] = "", text[WORD_TEXT_MAX];
    const object_model *m = o->model;
    if (position < m->argument_count) {
        object_read(o, m->arguments[position], m->words[m->arguments[position]].is->high, given);
        return;
    }
    for (int k = 0; k < m->argument_count; ++k)
        word_append(names, m->words[m->arguments[k]].is->name);
    snprintf(text, sizeof text, "argument %d, %.99s, is one too many; arguments are%.800s",
             position + 1, given->text, names);
    o->host->say(o->owner, OBJECT_ERROR, text);
}

/* a preset, wherever it stands, comes first: the others refine it */
static void read_preset(object *o, int count, const word_given *given)
{
    const object_model *m = o->model;
    char ignored[WORD_TEXT_MAX];
    for (int k = 0; k < m->count; ++k)
        for (int i = 0; m->words[k].effect == WORD_PRESETS && i + 1 < count; ++i) {
            double preset = -1.0;
            if (is_flag(o, given + i) && !strcmp(given[i].text + 1, m->words[k].is->name) &&
                word_read(&m->words[k], m->words[k].is->high, given + i + 1, &preset, ignored))
                m->follow(o->values, (int)preset);
        }
}

/* values within what the others turned out to be; those that are not are again as `chosen` */
static void settle(object *o, const double *chosen)
{
    for (int k = 0; k < o->model->count; ++k) {
        const double high = o->model->high(o->values, k), value = o->values[k];
        if (value == chosen[k] || value <= high) continue;
        char text[32];
        snprintf(text, sizeof text, "%g", value);
        const word_given again = {1, value, text};
        o->values[k] = chosen[k];
        object_read(o, k, high, &again);
    }
}

static void do_without_multichannel(object *o, const char *why)
{
    char text[WORD_TEXT_MAX];
    const int which = o->model->multichannel;
    if (which < 0 || o->values[which] == 0.0) return;
    o->values[which] = 0.0;
    snprintf(text, sizeof text, "%c%s needs %.99s, here are %d outlets instead", o->host->mark,
             o->model->words[which].is->name, why, object_outs(o));
    o->host->say(o->owner, OBJECT_ERROR, text);
}

object_names object_box(object *o, int count, const word_given *given, const char *without)
{
    object_names names = {NULL, NULL};
    read_preset(o, count, given);
    double chosen[WORDS_MAX];
    memcpy(chosen, o->values, sizeof chosen);
    for (int position = 0; count > 0;) {
        int taken = 1;
        if (is_flag(o, given))
            taken = read_flag(o, count, given, &names);
        else
            read_argument(o, position++, given);
        count -= taken;
        given += taken;
    }
    settle(o, chosen);
    if (without) do_without_multichannel(o, without);
    return names;
}
