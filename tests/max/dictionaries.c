/* Dictionaries: what a patcher keeps of a box. */
#include "stub.h"

#include <stdlib.h>
#include <string.h>

void stub_forget(t_dictionary *d)
{
    if (!d) return;
    stub_forget(d->frozen);
    stub_forget(d->saved);
    stub_forget_facts(d->entries, d->count);
    free(d->string);
    free(d);
}

t_dictionary *stub_dictionary(void)
{
    static t_class is;
    t_dictionary *d = stub_alloc(&is, sizeof *d);
    d->frozen = stub_alloc(&is, sizeof *d);
    d->saved = stub_alloc(&is, sizeof *d);
    return d;
}

static void add(t_dictionary *d, t_object *x, const char *name)
{
    stub_fact *entry = &d->entries[d->count];
    *entry = (stub_fact){gensym(name)->s_name, 0, NULL};
    d->count += stub_get(x, name, &entry->count, &entry->atoms);
}

void stub_freeze(t_dictionary *d, t_object *x, const char *name)
{
    add(d->frozen, x, name);
}

void stub_save(t_dictionary *d, t_object *x)
{
    typedef void appending(t_object *, t_dictionary *);
    const t_class *c = stub_class(x);
    const method m = stub_find(c, "appendtodictionary", NULL);
    for (int i = 0; i < c->attribute_count; ++i)
        for (int k = 0; k < c->attributes[i]->fact_count; ++k)
            if (!strcmp(c->attributes[i]->facts[k].name, "save"))
                add(d->saved, x, c->attributes[i]->name->s_name);
    if (m) AS(appending, m)(x, d);
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
    const t_dictionary *found = NULL;
    if (!strcmp(key->s_name, "frozen_object_attributes")) found = d->frozen;
    if (!strcmp(key->s_name, "saved_object_attributes")) found = d->saved;
    if (found) *value = (t_object *)&found->ob;
    return found ? MAX_ERR_NONE : MAX_ERR_GENERIC;
}

/* It has to come through a text file. */
t_max_err dictionary_appendstring(t_dictionary *d, t_symbol *key, const char *value)
{
    stub_only(MAIN, "dictionary_appendstring");
    if (d->key && d->key != key) stub_forbid("more than one string in a dictionary");
    for (const char *c = value; *c; ++c)
        if (*c < ' ' || *c > '~') stub_forbid("a string that is no plain text");
    free(d->string);
    d->key = key;
    d->string = strdup(value);
    return MAX_ERR_NONE;
}

t_max_err dictionary_getstring(const t_dictionary *d, t_symbol *key, const char **value)
{
    stub_only(MAIN, "dictionary_getstring");
    if (d->key != key) return MAX_ERR_GENERIC;
    *value = d->string;
    return MAX_ERR_NONE;
}
