/* Symbols, atoms, classes, attributes, objects and what is printed. */
#include "stub.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef void *plain(t_object *x);
typedef void *taking_integer(t_object *x, t_atom_long value);
typedef void *taking_real(t_object *x, double value);
typedef void *taking_symbol(t_object *x, t_symbol *value);
typedef void *taking_list(t_object *x, t_symbol *word, long count, t_atom *atoms);
typedef t_max_err setter(t_object *x, void *attribute, long count, t_atom *atoms);
typedef t_max_err getter(t_object *x, void *attribute, long *count, t_atom **atoms);

enum { SYMBOLS = 4000, CLASSES = 8 };
static t_symbol *symbols[SYMBOLS];
static int symbol_count;
static t_class *classes[CLASSES];
static int class_count;
static EACH_THREAD stub_thread thread = MAIN;
STUB_LOCK(names);

#define AS(type, function) ((type *)(void (*)(void))(function))

/* ---- threads ---- */

stub_thread stub_play(stub_thread role)
{
    const stub_thread before = thread;
    thread = role;
    return before;
}

int stub_is_main(void)
{
    return thread == MAIN;
}

void stub_forbid(const char *what)
{
    fprintf(stderr, "forbidden: %s\n", what);
    fflush(stderr);
    exit(70);
}

void stub_only(int threads, const char *function)
{
#ifdef STUB_DEFERS_NOTHING /* to see what this is for */
    return;
#endif
    if (thread & threads) return;
    fprintf(stderr, "%s: ", function);
    stub_forbid(thread == AUDIO ? "on the audio thread" : "on the scheduler's thread");
}

/* ---- symbols and atoms ---- */

t_symbol *gensym(const char *name)
{
    stub_only(MAIN | SCHEDULER, "gensym");
    LOCK(names);
    int i = 0;
    while (i < symbol_count && strcmp(symbols[i]->s_name, name)) ++i;
    if (i == SYMBOLS) abort();
    if (i == symbol_count) {
        symbols[symbol_count++] = calloc(1, sizeof(t_symbol));
        symbols[i]->s_name = strdup(name);
    }
    UNLOCK(names);
    return symbols[i];
}

long atom_gettype(const t_atom *a)
{
    return a->a_type;
}

t_atom_long atom_getlong(const t_atom *a)
{
    if (a->a_type == A_FLOAT) return (t_atom_long)a->a_w.w_float;
    return a->a_type == A_LONG ? a->a_w.w_long : 0;
}

t_atom_float atom_getfloat(const t_atom *a)
{
    if (a->a_type == A_LONG) return (double)a->a_w.w_long;
    return a->a_type == A_FLOAT ? a->a_w.w_float : 0.0;
}

t_symbol *atom_getsym(const t_atom *a)
{
    return a->a_type == A_SYM ? a->a_w.w_sym : gensym("");
}

t_max_err atom_setlong(t_atom *a, t_atom_long value)
{
    *a = (t_atom){.a_type = A_LONG, .a_w.w_long = value};
    return MAX_ERR_NONE;
}

t_max_err atom_setfloat(t_atom *a, double value)
{
    *a = (t_atom){.a_type = A_FLOAT, .a_w.w_float = value};
    return MAX_ERR_NONE;
}

t_max_err atom_setsym(t_atom *a, t_symbol *value)
{
    *a = (t_atom){.a_type = A_SYM, .a_w.w_sym = value};
    return MAX_ERR_NONE;
}

t_max_err atom_alloc(long *count, t_atom **atoms, char *allocated)
{
    *allocated = !*count || !*atoms;
    if (*allocated) *atoms = calloc(1, sizeof **atoms);
    *count = 1;
    return MAX_ERR_NONE;
}

static t_atom *copy_atoms(long count, const t_atom *atoms)
{
    t_atom *copy = calloc((size_t)count + 1, sizeof *copy);
    memcpy(copy, atoms, (size_t)count * sizeof *copy);
    return copy;
}

/* ---- what is printed ---- */

void stub_print_atoms(long count, const t_atom *atoms)
{
    for (; count > 0; --count, ++atoms) {
        if (atoms->a_type == A_SYM)
            fprintf(stderr, " %s", atoms->a_w.w_sym->s_name);
        else
            fprintf(stderr, " %.17g", atom_getfloat(atoms));
    }
    fprintf(stderr, "\n");
}

static void print(const char *level, t_object *x, const char *format, va_list values)
{
    stub_only(MAIN, level);
    fprintf(stderr, "%s: ", level);
    if (x) fprintf(stderr, "%s: ", stub_class(x)->name->s_name);
    vfprintf(stderr, format, values);
    fprintf(stderr, "\n");
}

#define PRINTS(function, level)                                                                    \
    void function(t_object *x, const char *format, ...)                                            \
    {                                                                                              \
        va_list values;                                                                            \
        va_start(values, format);                                                                  \
        print(level, x, format, values);                                                           \
        va_end(values);                                                                            \
    }
PRINTS(object_warn, "warning")
PRINTS(object_error, "error")

void *outlet_new(void *x, const char *type)
{
    stub_box *b = stub_box_of(x);
    b->outlets[b->outlet_count] = type ? type : "";
    return &b->outlets[b->outlet_count++];
}

void *outlet_anything(t_outlet *outlet, t_symbol *name, short count, t_atom *atoms)
{
    stub_only(MAIN, "outlet");
    if (**(const char **)outlet) stub_forbid("a message from a signal outlet");
    fprintf(stderr, "info: %s", name->s_name);
    stub_print_atoms(count, atoms);
    return NULL;
}

void *outlet_list(t_outlet *outlet, t_symbol *name, short count, t_atom *atoms)
{
    return outlet_anything(outlet, name ? name : gensym("list"), count, atoms);
}

/* ---- classes ---- */

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

t_max_err object_attr_touch(t_object *x, t_symbol *attribute)
{
    stub_only(MAIN, "object_attr_touch");
    if (!stub_attribute_of(stub_class(x), attribute->s_name)) stub_forbid("touching no attribute");
    return MAX_ERR_NONE;
}

/* ---- objects ---- */

void *stub_alloc(t_class *c, size_t size)
{
    t_object *x = calloc(1, size);
    x->o_messlist = c;
    return x;
}

void *object_alloc(t_class *c)
{
    stub_only(MAIN, "object_alloc");
    t_object *x = stub_alloc(c, c->size);
    stub_box *b = calloc(1, sizeof *b);
    b->x = x;
    x->o_inlet = b;
    return x;
}

stub_box *stub_box_of(const t_object *x)
{
    return x->o_inlet;
}

void freeobject(void *x)
{
    const t_class *c = stub_class(x);
    if (c->unmake) AS(plain, c->unmake)(x);
    stub_drop(x);
    free(((t_object *)x)->o_inlet);
    free(x);
}

t_max_err object_obex_store(void *x, t_symbol *key, t_object *value)
{
    const stub_box *b = stub_box_of(x);
    const int stored = !strcmp(key->s_name, "dumpout") && value == (void *)&b->outlets[0];
    return stored ? MAX_ERR_NONE : MAX_ERR_GENERIC;
}

t_symbol *object_classname(void *x)
{
    return stub_class(x)->name;
}

void *object_method_imp(void *x, void *message, void *p1, void *p2, void *p3, void *p4, void *p5,
                        void *p6, void *p7, void *p8)
{
    typedef void *any(void *, void *, void *, void *, void *, void *, void *, void *, void *);
    const method m = stub_find(stub_class(x), ((t_symbol *)message)->s_name, NULL);
    return m ? AS(any, m)(x, p1, p2, p3, p4, p5, p6, p7, p8) : NULL;
}

t_max_err object_method_typed(void *x, t_symbol *message, long count, t_atom *atoms, t_atom *answer)
{
    const method m = stub_find(stub_class(x), message->s_name, NULL);
    (void)answer;
    if (m) AS(taking_list, m)(x, message, count, atoms);
    return m ? MAX_ERR_NONE : MAX_ERR_GENERIC;
}

static int call(t_object *x, method m, short type, const char *word, short count, t_atom *atoms)
{
    t_atom nothing = {.a_type = A_LONG};
    const t_atom *first = count ? atoms : &nothing;
    if (type == A_CANT) return 0;
    if (type == A_GIMME)
        AS(taking_list, m)(x, gensym(word), count, atoms);
    else if (type == A_LONG)
        AS(taking_integer, m)(x, atom_getlong(first));
    else if (type == A_FLOAT)
        AS(taking_real, m)(x, atom_getfloat(first));
    else if (type == A_SYM)
        AS(taking_symbol, m)(x, atom_getsym(first));
    else
        AS(plain, m)(x);
    return 1;
}

int stub_send(t_object *x, long inlet, const char *word, short count, t_atom *atoms)
{
    short type;
    const t_class *c = stub_class(x);
    const method m = stub_find(c, word, &type);
    stub_attribute *a = stub_attribute_of(c, word);
    stub_set_inlet(inlet);
    int known = 1;
    if (m)
        known = call(x, m, type, word, count, atoms);
    else if (a && !(a->flags & ATTR_SET_OPAQUE_USER))
        known = AS(setter, a->set)(x, a, count, atoms) == MAX_ERR_NONE;
    else
        known = 0;
    stub_set_inlet(0);
    return known;
}

/* ---- what is frozen ---- */

static void forget_facts(stub_fact *facts, int count)
{
    for (int i = 0; i < count; ++i) free(facts[i].atoms);
}

void stub_forget(t_dictionary *d)
{
    if (!d) return;
    stub_forget(d->inner);
    forget_facts(d->entries, d->count);
    free(d);
}

t_dictionary *stub_dictionary(void)
{
    static t_class is;
    t_dictionary *d = stub_alloc(&is, sizeof *d);
    d->inner = stub_alloc(&is, sizeof *d);
    return d;
}

int stub_get(t_object *x, const char *name, long *count, t_atom **atoms)
{
    stub_attribute *a = stub_attribute_of(stub_class(x), name);
    return a && AS(getter, a->get)(x, a, count, atoms) == MAX_ERR_NONE;
}

void stub_freeze(t_dictionary *d, t_object *x, const char *name)
{
    stub_fact *entry = &d->inner->entries[d->inner->count];
    *entry = (stub_fact){gensym(name)->s_name, 0, NULL};
    d->inner->count += stub_get(x, name, &entry->count, &entry->atoms);
}

t_max_err dictionary_getatoms(const t_dictionary *d, t_symbol *key, long *count, t_atom **atoms)
{
    for (int i = 0; i < d->count; ++i) {
        if (strcmp(d->entries[i].name, key->s_name)) continue;
        *count = d->entries[i].count;
        *atoms = d->entries[i].atoms;
        return MAX_ERR_NONE;
    }
    return MAX_ERR_GENERIC;
}

t_max_err dictionary_getdictionary(const t_dictionary *d, t_symbol *key, t_object **value)
{
    const int found = d->inner && !strcmp(key->s_name, "frozen_object_attributes");
    if (found) *value = &d->inner->ob;
    return found ? MAX_ERR_NONE : MAX_ERR_GENERIC;
}

void stub_end(void)
{
    for (int i = 0; i < class_count; ++i) {
        for (int k = 0; k < classes[i]->attribute_count; ++k) {
            stub_attribute *a = classes[i]->attributes[k];
            forget_facts(a->facts, a->fact_count);
            free(a);
        }
        free(classes[i]);
    }
    for (int i = 0; i < symbol_count; ++i) {
        free(symbols[i]->s_name);
        free(symbols[i]);
    }
}
