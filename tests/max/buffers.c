/* buffer~ objects, and references to them. As in Max, a reference learns that its buffer~ has come
 * or gone only if its owner hands on what it is notified of. */
#include "stub.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct buffer {
    t_object ob;
    struct buffer *next;
    t_symbol *name;
    float *samples;
    t_atom_long frames, channels;
    int locks, edits, dirty;
} buffer;

struct _buffer_ref {
    t_object ob;
    t_buffer_ref *next;
    t_object *owner;
    t_symbol *name;
    buffer *found;
};

static buffer *buffers;
static t_buffer_ref *references;

static buffer *find(const t_symbol *name)
{
    for (buffer *b = buffers; b; b = b->next)
        if (b->name == name) return b;
    return NULL;
}

static buffer *named(const char *name)
{
    return find(gensym(name));
}

/* every owner of a reference to this name */
static void notify(buffer *b, t_symbol *name, const char *message)
{
    typedef t_max_err notified(t_object *, t_symbol *, t_symbol *, void *, void *);
    for (t_buffer_ref *r = references, *next; r; r = next) {
        next = r->next;
        const method m = stub_find(stub_class(r->owner), "notify", NULL);
        if (r->name == name && m) AS(notified, m)(r->owner, name, gensym(message), b, NULL);
    }
}

/* ---- a buffer~ ---- */

static void resize(buffer *b, t_atom_long frames, t_atom_long channels)
{
    const size_t had = (size_t)(b->frames * b->channels), has = (size_t)(frames * channels);
    float *samples = calloc(has ? has : 1, sizeof *samples);
    if (b->locks) stub_forbid("a buffer~ of another size while its samples are locked");
    if (b->samples) memcpy(samples, b->samples, (had < has ? had : has) * sizeof *samples);
    free(b->samples);
    b->samples = samples;
    b->frames = frames;
    b->channels = channels;
}

static void *sizeinsamps(buffer *b, t_symbol *s, long count, t_atom *atoms)
{
    (void)s;
    stub_only(MAIN, "sizeinsamps");
    resize(b, atom_getlong(&atoms[0]), count > 1 ? atom_getlong(&atoms[1]) : b->channels);
    return NULL;
}

void stub_buffer(const char *name, long frames, long channels)
{
    static t_class is = {.methods = {{"sizeinsamps", METHOD(sizeinsamps), A_GIMME}}, .count = 1};
    buffer *b = named(name);
    const int is_new = !b;
    if (is_new) {
        b = stub_alloc(&is, sizeof *b);
        b->name = gensym(name);
        b->next = buffers;
        buffers = b;
    }
    resize(b, frames, channels);
    notify(b, b->name, is_new ? "globalsymbol_binding" : "buffer_modified");
}

static void take_out(buffer *b)
{
    buffer **at = &buffers;
    while (*at != b) at = &(*at)->next;
    *at = b->next;
}

void stub_release(const char *name)
{
    buffer *b = named(name);
    if (!b) return;
    take_out(b);
    notify(b, b->name, "globalsymbol_unbinding");
    if (b->locks || b->edits) stub_forbid("a buffer~ goes that is locked");
    free(b->samples);
    free(b);
}

void stub_rename(const char *name, const char *other)
{
    buffer *b = named(name);
    if (!b || named(other)) return;
    take_out(b);
    notify(b, b->name, "globalsymbol_unbinding");
    b->name = gensym(other);
    b->next = buffers;
    buffers = b;
    notify(b, b->name, "globalsymbol_binding");
}

float *stub_samples(const char *name, long *count, int *dirty)
{
    const buffer *b = named(name);
    if (!b) return NULL;
    *count = (long)(b->frames * b->channels);
    if (dirty) *dirty = b->dirty;
    return b->samples;
}

void stub_modified(const char *name)
{
    buffer *b = named(name);
    if (b) notify(b, b->name, "buffer_modified");
}

void stub_release_all(void)
{
    while (buffers) stub_release(buffers->name->s_name);
}

/* ---- what an object may do with it ---- */

float *buffer_locksamples(t_buffer_obj *x)
{
    buffer *b = (buffer *)x;
    stub_only(MAIN, "buffer_locksamples");
    if (b->edits) stub_forbid("locking a buffer~ that is being edited");
    if (!b->frames) return NULL;
    ++b->locks;
    return b->samples;
}

void buffer_unlocksamples(t_buffer_obj *x)
{
    if (--((buffer *)x)->locks < 0) stub_forbid("unlocking what is not locked");
}

t_atom_long buffer_getchannelcount(t_buffer_obj *x)
{
    return ((buffer *)x)->channels;
}

t_atom_long buffer_getframecount(t_buffer_obj *x)
{
    return ((buffer *)x)->frames;
}

t_max_err buffer_setdirty(t_buffer_obj *x)
{
    buffer *b = (buffer *)x;
    stub_only(MAIN, "buffer_setdirty");
    ++b->dirty;
    notify(b, b->name, "buffer_modified");
    return MAX_ERR_NONE;
}

t_max_err buffer_edit_begin(t_buffer_obj *x)
{
    stub_only(MAIN, "buffer_edit_begin");
    if (((buffer *)x)->locks) stub_forbid("editing a buffer~ whose samples are locked");
    ++((buffer *)x)->edits;
    return MAX_ERR_NONE;
}

t_max_err buffer_edit_end(t_buffer_obj *x, long valid)
{
    if (--((buffer *)x)->edits < 0 || !valid) stub_forbid("ending no edit");
    return MAX_ERR_NONE;
}

void buffer_view(t_buffer_obj *x)
{
    stub_only(MAIN, "buffer_view");
    fprintf(stderr, "view: %s\n", ((buffer *)x)->name->s_name);
}

/* ---- references ---- */

static void free_reference(t_buffer_ref *r)
{
    t_buffer_ref **at = &references;
    while (*at != r) at = &(*at)->next;
    *at = r->next;
}

t_buffer_ref *buffer_ref_new(t_object *owner, t_symbol *name)
{
    static t_class is = {.unmake = METHOD(free_reference)};
    t_buffer_ref *r = stub_alloc(&is, sizeof *r);
    stub_only(MAIN, "buffer_ref_new");
    r->owner = owner;
    r->next = references;
    references = r;
    r->name = name;
    r->found = find(name);
    return r;
}

t_buffer_obj *buffer_ref_getobject(t_buffer_ref *r)
{
    stub_only(MAIN, "buffer_ref_getobject");
    return r->found ? &r->found->ob : NULL;
}

t_max_err buffer_ref_notify(t_buffer_ref *r, t_symbol *s, t_symbol *message, void *sender,
                            void *data)
{
    (void)data;
    if (s != r->name) return MAX_ERR_GENERIC;
    if (!strcmp(message->s_name, "globalsymbol_binding")) r->found = sender;
    if (!strcmp(message->s_name, "globalsymbol_unbinding")) r->found = NULL;
    return MAX_ERR_NONE;
}
