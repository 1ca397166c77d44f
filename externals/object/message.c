/* What an object is told, by name: every word of its model's table, and what else it understands,
 * for hosts that hear all of it in one place. */
#include <stdio.h>
#include <string.h>

#include "object.h"

typedef object_task *preparing(object *o, int count, const word_given *given);

static object_task *reset(object *o, int count, const word_given *given)
{
    (void)count, (void)given;
    return object_reset(o);
}

static object_task *clear(object *o, int count, const word_given *given)
{
    (void)count, (void)given;
    return object_clear(o);
}

static object_task *report(object *o, int count, const word_given *given)
{
    (void)count, (void)given;
    return object_report(o, NULL);
}

static object_task *weights(object *o, int count, const word_given *given)
{
    return count ? object_set_weights(o, count, given) : object_tell_weights(o);
}

static object_task *write_file(object *o, int count, const word_given *given)
{
    const char *path = object_read_file(o, "write", count, given, NULL);
    return path ? object_save(o, path) : NULL;
}

static object_task *read_file(object *o, int count, const word_given *given)
{
    int alone = 0;
    const char *path = object_read_file(o, "read", count, given, &alone);
    return path ? object_load(o, path, alone) : NULL;
}

static object_task *get(object *o, int count, const word_given *given)
{
    object_get(o, count ? given : &WORD_NOTHING);
    return NULL;
}

static object_task *dump(object *o, int count, const word_given *given)
{
    (void)count, (void)given;
    object_dump(o);
    return NULL;
}

static object_task *names(object *o, int count, const word_given *given)
{
    (void)count, (void)given;
    object_snapshots(o);
    return NULL;
}

static object_task *forget(object *o, int count, const word_given *given)
{
    object_forget(o, count, given);
    return NULL;
}

static const struct {
    const char *name;
    preparing *prepare;
} messages[] = {
    {"reset", reset},
    {"clear", clear},
    {"report", report},
    {"weights", weights},
    {"write", write_file},
    {"read", read_file},
    {"get", get},
    {"dump", dump},
    {"snapshots", names},
    {"forget", forget},
    {"store", object_store},
    {"recall", object_recall},
    {"morph", object_morph},
};
enum { MESSAGES = sizeof messages / sizeof *messages };

static void refuse(const object *o, const word_given *name, const char *others)
{
    char accepted[WORD_TEXT_MAX] = "", text[WORD_TEXT_MAX];
    const object_model *m = o->model;
    for (int k = 0; k < m->count; ++k)
        if (m->words[k].effect != WORD_BOX_ONLY) word_append(accepted, m->words[k].is->name);
    for (int k = 0; k < MESSAGES; ++k) word_append(accepted, messages[k].name);
    snprintf(text, sizeof text, "a message must be one of%.800s%s%s, not %.99s", accepted,
             m->bang ? " bang" : "", others, name->text);
    o->host->say(o->owner, OBJECT_ERROR, text);
}

object_task *object_message(object *o, int count, const word_given *given, const char *others)
{
    const object_model *m = o->model;
    const char *name = given->text;
    const int which = word_find(m->words, m->count, name);
    for (int k = 0; k < MESSAGES; ++k)
        if (!strcmp(messages[k].name, name)) return messages[k].prepare(o, count - 1, given + 1);
    if (which >= 0 && m->words[which].effect != WORD_BOX_ONLY)
        return object_set(o, which, count - 1, given + 1);
    if (m->bang && !strcmp(name, "bang")) return object_bang(o);
    refuse(o, given, others);
    return NULL;
}
