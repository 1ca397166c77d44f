/* Dictionaries: what a patcher keeps of a box. */
#include "stub.h"

#include <stdlib.h>
#include <string.h>

void stub_forget(t_dictionary *d)
{
    if (!d) return;
    stub_forget(d->inner);
    stub_forget_facts(d->entries, d->count);
    free(d);
}

t_dictionary *stub_dictionary(void)
{
    static t_class is;
    t_dictionary *d = stub_alloc(&is, sizeof *d);
    d->inner = stub_alloc(&is, sizeof *d);
    return d;
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
