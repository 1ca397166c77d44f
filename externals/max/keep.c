#include "keep.h"

#include <stdlib.h>

#include "base64.h"
#include "box.h"

static t_symbol *key(void)
{
    return gensym("specml_kept");
}

/* ---- written ---- */

static void add(box *x, t_dictionary *d)
{
    const keep *k = &x->keep;
    if (!k->bytes) return; /* why has been said */
    char *text = k->count <= OBJECT_KEPT_MAX ? base64_write(k->bytes, k->count) : NULL;
    if (text)
        dictionary_appendstring(d, key(), text);
    else if (k->count > OBJECT_KEPT_MAX)
        object_error(&x->max.z_ob,
                     "a patcher keeps 16 MB of weights at most: write them to a file");
    else
        object_error(&x->max.z_ob, "no memory for what the patcher keeps");
    free(text);
}

/* Max saves, copies or duplicates the box, and goes on when this returns. What a second has not
 * brought may come later; it is not forgotten that it is on its way. */
static void box_appendtodictionary(box *x, t_dictionary *d)
{
    object *o = &x->object;
    keep *k = &x->keep;
    if (o->values[o->model->kept] == 0.0) return;
    int comes = !k->coming || box_wait(x);
    if (comes) {
        keep_free(k);
        o->sounding = !box_asleep(x);
        object_task *task = object_pack(o, &k->bytes, &k->count);
        if (!task) return;
        k->coming = 1;
        box_do(x, task);
        comes = box_wait(x);
    }
    if (!comes) {
        object_error(&x->max.z_ob,
                     "the sound has not given out within a second what was learnt: the patcher "
                     "is saved without it");
        return;
    }
    k->coming = 0;
    add(x, d);
    keep_free(k);
}

/* ---- read ---- */

void keep_begin_with(box *x)
{
    const t_dictionary *d = (const t_dictionary *)gensym("#D")->s_thing;
    const char *text = NULL;
    size_t count;
    if (!d || dictionary_getstring(d, key(), &text) || !text) return;
    unsigned char *bytes = base64_read(text, &count);
    if (bytes)
        box_begin_with(x, object_unpack(&x->object, bytes, count));
    else
        object_error(&x->max.z_ob, "cannot read what was kept: it is no base64");
    free(bytes);
}

/* ---- life ---- */

void keep_free(keep *k)
{
    free(k->bytes);
    *k = (keep){0};
}

void keep_add_methods(t_class *c)
{
    class_addmethod(c, METHOD(box_appendtodictionary), "appendtodictionary", A_CANT, 0);
}
