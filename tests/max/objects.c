/* Objects: made, told something, freed; what they say and print. */
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

/* ---- what they are told ---- */

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

/* ---- what they say ---- */

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
