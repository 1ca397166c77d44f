/* Boxes in their slots: made, frozen and restored, freed. */
#include "driver.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef _WIN32
#include <windows.h>
#else
#include <dlfcn.h>
#endif

enum { SLOTS = 8 };
static t_object *slots[SLOTS];
static t_dictionary *kept; /* what a patcher keeps of a box */
static const char *folder, *suffix;
STUB_LOCK(patching);

void load_from(const char *where, const char *ending)
{
    folder = where;
    suffix = ending;
}

void begin_patching(void)
{
    LOCK(patching);
}

void end_patching(void)
{
    UNLOCK(patching);
}

t_object **next_slot(void)
{
    const long slot = next_long();
    if (slot < 0 || slot >= SLOTS) exit(2);
    return &slots[slot];
}

t_class *load(const char *name)
{
    const char *file = !strncmp(name, "mc.", 3) ? name + 3 : name;
    char path[4096];
    t_class *c = stub_find_class(name);
    void (*start)(void *);
    if (c) return c;
    snprintf(path, sizeof path, "%s/%s%s", folder, file, suffix);
#ifdef _WIN32
    HMODULE library = LoadLibraryA(path);
    if (!library) fprintf(stderr, "error: %lu for %s\n", GetLastError(), path);
    if (library) start = (void (*)(void *))(void (*)(void))GetProcAddress(library, "ext_main");
#else
    void *library = dlopen(path, RTLD_NOW);
    if (!library) fprintf(stderr, "error: %s\n", dlerror());
    if (library) *(void **)&start = dlsym(library, "ext_main");
#endif
    if (!library || !start) exit(1);
    start(NULL);
    return stub_find_class(name);
}

static void make(int restores)
{
    typedef t_object *maker(t_symbol *, long, t_atom *);
    static t_atom atoms[ATOMS];
    t_object **slot = next_slot();
    const char *name = next_word();
    t_class *c = load(name);
    if (!c) exit(3);
    const short count = read_atoms(atoms);
    if (*slot) return;
    LOCK(patching);
    gensym("#D")->s_thing = restores ? (t_object *)kept : NULL;
    *slot = AS(maker, c->make)(c->name, count, atoms);
    gensym("#D")->s_thing = NULL;
    UNLOCK(patching);
    if (*slot)
        stub_add_box(*slot);
    else
        fprintf(stderr, "no box\n");
}

void deed_new(void)
{
    make(0);
}

void deed_restore(void)
{
    make(1);
}

void deed_freeze(void)
{
    t_object *x = *next_slot();
    stub_forget(kept);
    kept = stub_dictionary();
    for (char *name = next_word(); x && name; name = next_word()) stub_freeze(kept, x, name);
}

void deed_save(void)
{
    t_object *x = *next_slot();
    stub_forget(kept);
    kept = stub_dictionary();
    if (x) stub_save(kept, x);
}

void deed_tear(void)
{
    const long length = next_long();
    const char *other = next_word();
    if (!kept || !kept->string || length < 0 || (size_t)length >= strlen(kept->string)) return;
    kept->string[length] = other ? *other : '\0';
}

static void unmake(t_object **slot)
{
    LOCK(patching);
    if (*slot) freeobject(*slot);
    *slot = NULL;
    UNLOCK(patching);
}

void deed_free(void)
{
    unmake(next_slot());
}

void free_boxes(void)
{
    for (int k = 0; k < SLOTS; ++k) unmake(&slots[k]);
    stub_forget(kept);
}
