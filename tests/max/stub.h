/* What the parts of the stub of Max share, and what a driver does with it. Max's side of a class, a
 * box, a thread, a signal chain and a buffer~: no more than the objects use, and strict where Max
 * would only crash now and then. What breaks a rule of Max is told on stderr and ends the program
 * with status 70. */
#ifndef SPECML_TESTS_MAX_STUB_H
#define SPECML_TESTS_MAX_STUB_H

#include <stdatomic.h>
#include <stddef.h>

#include "api.h"

#ifdef _WIN32 /* there the driver has one thread */
#define STUB_LOCK(mutex) typedef int mutex##_unused
#define LOCK(mutex) (void)0
#define UNLOCK(mutex) (void)0
#define EACH_THREAD
#else
#include <pthread.h>
#define STUB_LOCK(mutex) static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER
#define LOCK(mutex) pthread_mutex_lock(&mutex)
#define UNLOCK(mutex) pthread_mutex_unlock(&mutex)
#define EACH_THREAD _Thread_local
#endif

enum { STUB_METHODS = 80, STUB_ATTRIBUTES = 40, STUB_FACTS = 14, STUB_OUTLETS = 1100 };
enum { STUB_INLETS = 16, STUB_BOXES = 8 };

/* a function of any type as one of this type */
#define AS(type, function) ((type *)(void (*)(void))(function))

typedef enum { MAIN = 1, SCHEDULER = 2, AUDIO = 4 } stub_thread;

typedef struct {
    const char *name;
    method function;
    short type;
} stub_method;

/* what is known of an attribute: label, range, ... */
typedef struct {
    const char *name;
    long count;
    t_atom *atoms;
} stub_fact;

typedef struct {
    t_object ob;
    t_symbol *name, *type;
    long flags;
    method get, set;
    stub_fact facts[STUB_FACTS];
    int fact_count;
} stub_attribute;

struct maxclass {
    t_symbol *name;
    method make, unmake;
    size_t size;
    int is_signal;
    stub_method methods[STUB_METHODS];
    int count;
    stub_attribute *attributes[STUB_ATTRIBUTES];
    int attribute_count;
};

/* where an object is used; its o_inlet leads here */
typedef struct {
    t_object *x;
    const char *outlets[STUB_OUTLETS]; /* their types, the first made is the rightmost */
    int outlet_count;
    long signals;           /* signal inlets */
    int cords[STUB_INLETS]; /* channels that come into each, 0: no cord */
    long told[STUB_INLETS]; /* .. and as it was last told */
} stub_box;

struct _dictionary {
    t_object ob;
    stub_fact entries[STUB_ATTRIBUTES];
    int count;
    t_dictionary *frozen, *saved; /* .._object_attributes */
    t_symbol *key;                /* of the string, NULL: there is none */
    char *string;
};

/* roles.c: the thread that this one plays, before the one it played until now; and that it is one
 * of these, or the program ends */
stub_thread stub_play(stub_thread thread);
int stub_is_main(void);
void stub_only(int threads, const char *function);
void stub_forbid(const char *what);

/* symbols.c */
void stub_print_atoms(long count, const t_atom *atoms);
void stub_free_symbols(void); /* at the end */

/* classes.c */
t_class *stub_class(const void *x);
t_class *stub_find_class(const char *name);
method stub_find(const t_class *c, const char *name, short *type);
stub_attribute *stub_attribute_of(const t_class *c, const char *name);
int stub_get(t_object *x, const char *name, long *count, t_atom **atoms); /* 0: no such one */
void stub_forget_facts(stub_fact *facts, int count);
void stub_free_classes(void); /* at the end */

/* objects.c */
void *stub_alloc(t_class *c, size_t size);
stub_box *stub_box_of(const t_object *x);
/* as Max does: a method, or else an attribute; 0 if there is neither */
int stub_send(t_object *x, long inlet, const char *word, short count, t_atom *atoms);

/* dictionaries.c: what a patcher keeps of a box, to stand at #D while it is made anew: attributes
 * that are frozen, those that Max saves by itself, and one string that the box adds */
t_dictionary *stub_dictionary(void);
void stub_freeze(t_dictionary *d, t_object *x, const char *name);
void stub_save(t_dictionary *d, t_object *x);
void stub_forget(t_dictionary *d);

/* queue.c
 * [main] what other threads have deferred */
void stub_drain(void);
void stub_drop(const void *x); /* all that was deferred to it */
/* [scheduler] runs clocks up to this time, in ms; drains: the queue too, after each */
void stub_advance(double ms, int drains);
void stub_set_inlet(long inlet);
void stub_sleep_for_real(int yes); /* where another thread plays meanwhile */
int stub_is_low(void);             /* [main] in what was deferred to when nothing else is to do */

/* paths.c
 * [main] the folder of the patcher that was opened last, then the search path, one after the other
 */
void stub_folder(const char *path);
void stub_choose(const char *path); /* in the next dialog; NULL: cancelled */
void stub_free_paths(void);         /* at the end */

/* msp.c
 * [main] on: a chain of all boxes with their cords is made; the old one plays up to the swap, one
 * more vector of it if meanwhile is not NULL */
void stub_compile(int on, double samplerate, long vector, void (*meanwhile)(void));
void stub_compile_again(void (*meanwhile)(void)); /* as it was */
int stub_broken(void);                            /* a box wants it so */
void stub_add_box(t_object *x);
/* [audio] one vector: input fills (channels, n) of each inlet, output takes those of the outlets */
typedef void stub_input(stub_box *box, double **in, long channels, long n);
typedef void stub_output(stub_box *box, double **out, long channels, long n);
void stub_tick(stub_input *input, stub_output *output);

/* buffers.c
 * [main] buffer~ objects: made or made longer, released, renamed; NULL if there is none */
void stub_buffer(const char *name, long frames, long channels);
void stub_release(const char *name);
void stub_rename(const char *name, const char *other);
float *stub_samples(const char *name, long *count, int *dirty);
void stub_modified(const char *name);
void stub_release_all(void);

#endif
