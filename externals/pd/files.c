#include "files.h"

#include <stdio.h>

#include "atoms.h"

enum { PATH_ROOM = 4096 }; /* characters; systems refuse longer ones */

static void say_nowhere(box *x, const char *name)
{
    char text[MAXPDSTRING];
    snprintf(text, sizeof text, "there is no file %.800s beside the patch or in Pd's search path",
             name);
    box_host.say(x, OBJECT_ERROR, text);
}

static void say_full(box *x, const char *name)
{
    char text[MAXPDSTRING];
    snprintf(text, sizeof text, "%.800s must wait: %d others are still being written", name,
             WORKER_FILES_MAX);
    box_host.say(x, OBJECT_ERROR, text);
}

/* 1, and where it is; 0 if it is nowhere */
static int find(const box *x, const char *name, char *path)
{
    char folder[MAXPDSTRING], *file;
    const int opened = canvas_open(x->canvas, name, "", folder, &file, sizeof folder, 1);
    if (opened < 0) return 0;
    sys_close(opened);
    snprintf(path, PATH_ROOM, "%s/%s", folder, file);
    return 1;
}

void files_read(box *x, const char *name, int weights)
{
    char path[PATH_ROOM];
    worker_wait(&x->worker); /* it may be what is to be read */
    const int outs = object_outs(&x->object);
    if (find(x, name, path))
        box_do_all(x, object_load(&x->object, path, weights), outs);
    else
        say_nowhere(x, name);
}

static void box_read(box *x, t_symbol *s, int argc, t_atom *argv)
{
    int weights = 0;
    x->object.sounding = pd_getdspstate();
    atoms given = atoms_given(argc, argv);
    const char *name = object_read_file(&x->object, s->s_name, given.count, given.words, &weights);
    if (name) files_read(x, name, weights);
    atoms_free(&given);
}

static void box_write(box *x, t_symbol *s, int argc, t_atom *argv)
{
    char path[PATH_ROOM];
    x->object.sounding = pd_getdspstate();
    atoms given = atoms_given(argc, argv);
    const char *name = object_read_file(&x->object, s->s_name, given.count, given.words, NULL);
    if (name && worker_is_full(&x->worker))
        say_full(x, name);
    else if (name) {
        canvas_makefilename(x->canvas, name, path, sizeof path);
        box_hold_inlets(x);
        box_do(x, object_save(&x->object, path));
    }
    atoms_free(&given);
}

void files_add_messages(t_class *c)
{
    class_addmethod(c, (t_method)box_read, gensym("read"), A_GIMME, 0);
    class_addmethod(c, (t_method)box_write, gensym("write"), A_GIMME, 0);
}
