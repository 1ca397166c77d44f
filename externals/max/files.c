#include "files.h"

#include <stdio.h>
#include <string.h>

#include "paths.h"

static const char *const only_weights = "weights";

static void say_not_found(box *x, const char *name)
{
    object_error(&x->max.z_ob, "there is no file %.900s beside the patcher or in Max's search path",
                 name);
}

/* it may be what is to be read */
static void wait_for_writing(box *x)
{
    if (x->writing) box_wait(x);
}

static void read_from(box *x, const char *path, int weights)
{
    const int width = object_width(&x->object);
    object_task *task = object_load(&x->object, path, weights);
    if (task) buffer_outdate(&x->buffer);
    box_do_all(x, task, width);
}

static void write_to(box *x, const char *path)
{
    object_task *task = object_save(&x->object, path);
    if (!task) return;
    x->writing = 1;
    box_do(x, task);
}

/* ---- dialogs: when the main thread has nothing else to do ---- */

static void ask_for_found(box *x, t_symbol *what, short argc, t_atom *argv)
{
    (void)argc, (void)argv;
    char path[PATHS_ROOM];
    wait_for_writing(x);
    if (!paths_choose_found(path)) return;
    x->object.sounding = !box_asleep(x);
    read_from(x, path, !strcmp(what->s_name, only_weights));
}

static void ask_for_place(box *x, t_symbol *what, short argc, t_atom *argv)
{
    (void)what, (void)argc, (void)argv;
    char path[PATHS_ROOM], proposed[100];
    snprintf(proposed, sizeof proposed, "%s.safetensors", x->object.model->name);
    if (!paths_choose_place(proposed, path)) return;
    x->object.sounding = !box_asleep(x);
    write_to(x, path);
}

/* 1 if no file is named, and nothing else is wrong */
static int is_unnamed(const atoms *given, int weights)
{
    return !given->count || (!*given->words->text && given->count == 1 + weights);
}

/* ---- what it is told ---- */

void files_read(box *x, const atoms *given)
{
    char path[PATHS_ROOM];
    int weights = given->count == 2 && !strcmp(given->words[1].text, only_weights);
    if (is_unnamed(given, weights)) {
        defer_low(x, METHOD(ask_for_found), gensym(weights ? only_weights : ""), 0, NULL);
        return;
    }
    const char *name = object_read_file(&x->object, "read", given->count, given->words, &weights);
    wait_for_writing(x);
    if (name && paths_find(name, path))
        read_from(x, path, weights);
    else if (name)
        say_not_found(x, name);
}

void files_write(box *x, const atoms *given)
{
    char path[PATHS_ROOM];
    if (is_unnamed(given, 0)) {
        defer_low(x, METHOD(ask_for_place), gensym(""), 0, NULL);
        return;
    }
    const char *name = object_read_file(&x->object, "write", given->count, given->words, NULL);
    if (name && paths_place(name, path))
        write_to(x, path);
    else if (name)
        object_error(&x->max.z_ob, "cannot write %.900s: there is no such folder", name);
}

void files_begin_with(box *x, const char *name)
{
    char path[PATHS_ROOM];
    if (paths_find(name, path))
        box_begin_with(x, object_load(&x->object, path, 0));
    else
        say_not_found(x, name);
}
