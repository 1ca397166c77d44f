/* What boxes are told and asked. */
#include "driver.h"

#include <stdio.h>
#include <stdlib.h>

static void say(stub_thread from, int names_inlet)
{
    static EACH_THREAD t_atom atoms[ATOMS];
    t_object *x = *next_slot();
    const long inlet = names_inlet ? next_long() : 0;
    const char *word = next_word();
    const short count = read_atoms(atoms);
    if (!x) return;
    const stub_thread before = stub_play(from);
    const int known = stub_send(x, inlet, word, count, count ? atoms : NULL);
    stub_play(before);
    if (!known && from == MAIN)
        fprintf(stderr, "error: %s: doesn't understand \"%s\"\n", object_classname(x)->s_name,
                word);
}

void deed_send(void)
{
    say(MAIN, 0);
}

void deed_late(void)
{
    say(SCHEDULER, 0);
}

void deed_into(void)
{
    say(MAIN, 1);
}

void deed_lateinto(void)
{
    say(SCHEDULER, 1);
}

void deed_ask(void)
{
    t_object *x = *next_slot();
    const char *name = next_word();
    long count = 0;
    t_atom *atoms = NULL;
    if (!x || !stub_get(x, name, &count, &atoms)) return;
    fprintf(stderr, "%s:", name);
    stub_print_atoms(count, atoms);
    free(atoms);
}

void deed_facts(void)
{
    const t_class *c = load(next_word());
    for (int i = 0; i < c->count; ++i)
        fprintf(stderr, "method: %s %d\n", c->methods[i].name, c->methods[i].type);
    for (int i = 0; i < c->attribute_count; ++i) {
        const stub_attribute *a = c->attributes[i];
        fprintf(stderr, "attribute: %s %s\n", a->name->s_name, a->type->s_name);
        for (int k = 0; k < a->fact_count; ++k) {
            fprintf(stderr, "fact: %s %s", a->name->s_name, a->facts[k].name);
            stub_print_atoms(a->facts[k].count, a->facts[k].atoms);
        }
    }
}

void deed_assist(void)
{
    typedef void assist(t_object *, void *, long, long, char *);
    t_object *x = *next_slot();
    const stub_box *b = stub_box_of(x);
    const method m = stub_find(stub_class(x), "assist", NULL);
    char text[ASSIST_MAX_STRING_LEN];
    for (long k = 0; k < b->signals + b->outlet_count; ++k) {
        const int is_outlet = k >= b->signals;
        AS(assist, m)
        (x, NULL, is_outlet ? ASSIST_OUTLET : ASSIST_INLET, is_outlet ? k - b->signals : k, text);
        fprintf(stderr, "%s: %s\n", is_outlet ? "outlet" : "inlet", text);
    }
}

void deed_dblclick(void)
{
    typedef void clicked(t_object *);
    t_object *x = *next_slot();
    const method m = x ? stub_find(stub_class(x), "dblclick", NULL) : NULL;
    if (m) AS(clicked, m)(x);
}

/* ---- files: what a person has done in Max ---- */

void deed_folder(void)
{
    stub_folder(next_word());
}

void deed_choose(void)
{
    stub_choose(next_word());
}
