/* Classes, their methods and attributes. */
#include "stub.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum { CLASSES = 8 };
static t_class *classes[CLASSES];
static int class_count;

t_class *class_new(const char *name, const method make, const method unmake, long size,
                   const method menu, short type, ...)
{
    t_class *c = calloc(1, sizeof *c);
    (void)menu;
    if (type != A_GIMME) stub_forbid("a class that does not take any arguments");
    c->name = gensym(name);
    c->make = make;
    c->unmake = unmake;
    c->size = (size_t)size;
    return c;
}

t_max_err class_addmethod(t_class *c, const method m, const char *name, ...)
{
    va_list types;
    va_start(types, name);
    if (c->count == STUB_METHODS) abort();
    c->methods[c->count++] = (stub_method){name, m, (short)va_arg(types, int)};
    va_end(types);
    return MAX_ERR_NONE;
}

t_max_err class_register(t_symbol *name_space, t_class *c)
{
    if (strcmp(name_space->s_name, "box")) stub_forbid("a class for something else than a box");
    classes[class_count++] = c;
    return MAX_ERR_NONE;
}

t_class *stub_class(const void *x)
{
    return ((const t_object *)x)->o_messlist;
}

t_class *stub_find_class(const char *name)
{
    for (int i = 0; i < class_count; ++i)
        if (!strcmp(classes[i]->name->s_name, name)) return classes[i];
    return NULL;
}

method stub_find(const t_class *c, const char *name, short *type)
{
    for (int i = c->count - 1; i >= 0; --i) {
        if (strcmp(c->methods[i].name, name)) continue;
        if (type) *type = c->methods[i].type;
        return c->methods[i].function;
    }
    return NULL;
}

/* ---- attributes ---- */

static void *get_name(stub_attribute *a)
{
    return a->name;
}

t_object *attr_offset_new(const char *name, const t_symbol *type, long flags, const method get,
                          const method set, long offset)
{
    static t_class attribute = {.methods = {{"getname", METHOD(get_name), A_CANT}}, .count = 1};
    (void)offset;
    stub_attribute *a = stub_alloc(&attribute, sizeof *a);
    a->name = gensym(name);
    a->type = gensym(type->s_name);
    a->flags = flags;
    a->get = get;
    a->set = set;
    return &a->ob;
}

t_max_err class_addattr(t_class *c, t_object *attribute)
{
    if (c->attribute_count == STUB_ATTRIBUTES) abort();
    c->attributes[c->attribute_count++] = (stub_attribute *)attribute;
    return MAX_ERR_NONE;
}

static t_atom *copy_atoms(long count, const t_atom *atoms)
{
    t_atom *copy = calloc((size_t)count + 1, sizeof *copy);
    memcpy(copy, atoms, (size_t)count * sizeof *copy);
    return copy;
}

t_max_err class_attr_addattr_atoms(t_class *c, const char *attribute, const char *name,
                                   t_symbol *type, long flags, long count, t_atom *atoms)
{
    stub_attribute *a = stub_attribute_of(c, attribute);
    (void)type, (void)flags;
    if (!a || a->fact_count == STUB_FACTS) abort();
    a->facts[a->fact_count++] = (stub_fact){name, count, copy_atoms(count, atoms)};
    return MAX_ERR_NONE;
}

stub_attribute *stub_attribute_of(const t_class *c, const char *name)
{
    for (int i = 0; i < c->attribute_count; ++i)
        if (!strcmp(c->attributes[i]->name->s_name, name)) return c->attributes[i];
    return NULL;
}

int stub_get(t_object *x, const char *name, long *count, t_atom **atoms)
{
    typedef t_max_err getter(t_object *, void *, long *, t_atom **);
    stub_attribute *a = stub_attribute_of(stub_class(x), name);
    return a && AS(getter, a->get)(x, a, count, atoms) == MAX_ERR_NONE;
}

t_max_err object_attr_touch(t_object *x, t_symbol *attribute)
{
    stub_only(MAIN, "object_attr_touch");
    if (!stub_attribute_of(stub_class(x), attribute->s_name)) stub_forbid("touching no attribute");
    return MAX_ERR_NONE;
}

/* ---- the end ---- */

void stub_forget_facts(stub_fact *facts, int count)
{
    for (int i = 0; i < count; ++i) free(facts[i].atoms);
}

void stub_free_classes(void)
{
    for (int i = 0; i < class_count; ++i) {
        for (int k = 0; k < classes[i]->attribute_count; ++k) {
            stub_attribute *a = classes[i]->attributes[k];
            stub_forget_facts(a->facts, a->fact_count);
            free(a);
        }
        free(classes[i]);
    }
}
