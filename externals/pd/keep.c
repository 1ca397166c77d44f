#include "keep.h"

#include <stdio.h>
#include <stdlib.h>

#include "box.h"

enum { WORDS = 250 /* in a line, two bytes each: at most some 40 MB of text in all */ };

static t_savefn save_line; /* as for every object */

/* ---- written ---- */

static void add_lines(t_binbuf *b, const unsigned char *bytes, size_t count)
{
    t_atom line[5 + WORDS];
    const size_t lines = (count + 2 * WORDS - 1) / (2 * WORDS);
    SETSYMBOL(&line[0], gensym("#A"));
    SETSYMBOL(&line[1], gensym("kept"));
    for (size_t k = 0, at = 0; k < lines; ++k) {
        int n = 4;
        SETFLOAT(&line[2], (t_float)k);
        SETFLOAT(&line[3], (t_float)lines);
        for (; n < 4 + WORDS && at < count; ++n, at += 2)
            SETFLOAT(&line[n], (t_float)(bytes[at] + 256 * bytes[at + 1]));
        SETSEMI(&line[n]);
        binbuf_add(b, n + 1, line);
    }
}

static void box_save(t_gobj *z, t_binbuf *b)
{
    box *x = (box *)z;
    unsigned char *bytes = NULL;
    size_t count = 0;
    save_line(z, b);
    if (x->object.values[x->object.model->kept] == 0.0) return;
    x->object.sounding = pd_getdspstate();
    box_hold_inlets(x);
    box_do(x, object_pack(&x->object, &bytes, &count));
    if (count > OBJECT_KEPT_MAX)
        box_host.say(x, OBJECT_ERROR,
                     "a patch keeps 16 MB of weights at most: write them to a file");
    else if (bytes)
        add_lines(b, bytes, count);
    free(bytes);
}

/* ---- read ---- */

static void forget(keep *k)
{
    free(k->bytes);
    k->bytes = NULL;
    k->count = 0;
    k->next = k->lines = 0;
    clock_unset(k->clock);
}

/* once, whatever follows */
static void say_broken(box *x)
{
    char text[MAXPDSTRING];
    snprintf(text, sizeof text, "line %d of what the patch keeps of it is broken or missing",
             x->keep.next);
    forget(&x->keep);
    x->keep.next = -1;
    box_host.say(x, OBJECT_ERROR, text);
}

/* a whole number of 16 bits, or -1 */
static int number(const t_atom *a)
{
    const t_float value = a->a_type == A_FLOAT ? a->a_w.w_float : -1;
    const int whole = value >= 0 && value < 65536 ? (int)value : -1;
    return (t_float)whole == value ? whole : -1;
}

/* 0, or -1 if it cannot be this line */
static int add(keep *k, int line, int lines, int count, const t_atom *words)
{
    if (line != k->next || line >= lines || (line && lines != k->lines)) return -1;
    if (count > WORDS || (count < WORDS && line + 1 < lines)) return -1;
    if (!line) k->bytes = calloc((size_t)lines, 2 * WORDS);
    k->lines = lines;
    for (int i = 0; k->bytes && i < count; ++i) {
        const int word = number(&words[i]);
        if (word < 0) return -1;
        k->bytes[k->count++] = (unsigned char)(word & 255);
        k->bytes[k->count++] = (unsigned char)(word >> 8);
    }
    k->next = line + 1;
    return k->bytes ? 0 : -1;
}

static void box_kept(box *x, t_symbol *s, int argc, t_atom *argv)
{
    (void)s;
    keep *k = &x->keep;
    const int line = argc > 2 ? number(&argv[0]) : -1, lines = argc > 2 ? number(&argv[1]) : -1;
    if (line && k->next < 0) return;
    if (!line) forget(k);
    if (add(k, line, lines, argc - 2, argv + 2)) {
        say_broken(x);
        return;
    }
    clock_delay(k->clock, 0);
    if (k->next < lines) return;
    const keep whole = *k;
    k->bytes = NULL;
    forget(k);
    x->object.sounding = pd_getdspstate();
    const int outs = object_outs(&x->object);
    box_do_all(x, object_unpack(&x->object, whole.bytes, whole.count), outs);
    free(whole.bytes);
}

/* ---- life ---- */

void keep_bind(box *x)
{
    t_symbol *data = gensym("#A");
    data->s_thing = NULL; /* as Pd's own: at most the box that was made before */
    pd_bind(&x->pd.ob_pd, data);
}

void keep_init(box *x)
{
    x->keep.clock = clock_new(x, (t_method)say_broken);
}

void keep_free(box *x)
{
    t_symbol *data = gensym("#A");
    if (data->s_thing == &x->pd.ob_pd) pd_unbind(&x->pd.ob_pd, data);
    forget(&x->keep);
    clock_free(x->keep.clock);
}

void keep_setup(t_class *c)
{
    save_line = class_getsavefn(c);
    class_setsavefn(c, box_save);
    class_addmethod(c, (t_method)box_kept, gensym("kept"), A_GIMME, 0);
}
