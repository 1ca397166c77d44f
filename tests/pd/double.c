/* The entry points of Pd that the externals call, no more than they need. */
#include "double.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct _class the_class;
static t_symbol symbols[SYMBOLS];
static int symbol_count;
t_inlet inlets[PORTS];
int inlet_count, outlet_count;
t_clock *clocks[CLOCKS];
int clock_count;
t_garray array;
double now = -40; /* ms */
t_perfroutine perform;
t_int arguments[8];
t_class *garray_class;

t_symbol *gensym(const char *s)
{
    int i = 0;
    while (i < symbol_count && strcmp(symbols[i].s_name, s)) ++i;
    if (i == symbol_count) symbols[symbol_count++].s_name = strdup(s);
    return &symbols[i];
}

/* the line that makes a box, of which this knows the name alone */
static void save_line(t_gobj *z, t_binbuf *b)
{
    (void)b;
    fprintf(stderr, "#X obj 10 10 %s;\n", (*(t_class **)(void *)z)->name->s_name);
}

static t_class *make_class(t_symbol *name, t_newmethod make, t_method drop, size_t size)
{
    the_class =
        (t_class){.name = name, .make = make, .drop = drop, .save = save_line, .size = size};
    return &the_class;
}

static t_class *refuse(void)
{
    fprintf(stderr, "error: floats of another size\n");
    return NULL;
}

t_class *class_new(t_symbol *name, t_newmethod make, t_method drop, size_t size, int flags,
                   t_atomtype type, ...)
{
    (void)flags, (void)type;
    return PD_FLOATSIZE == 32 ? make_class(name, make, drop, size) : refuse();
}

t_class *class_new64(t_symbol *name, t_newmethod make, t_method drop, size_t size, int flags,
                     t_atomtype type, ...)
{
    (void)flags, (void)type;
    return PD_FLOATSIZE == 64 ? make_class(name, make, drop, size) : refuse();
}

void class_addmethod(t_class *c, t_method method, t_symbol *selector, t_atomtype type, ...)
{
    (void)type;
    c->selectors[c->count] = selector;
    c->methods[c->count++] = method;
}

void class_addbang(t_class *c, t_method method)
{
    class_addmethod(c, method, gensym("bang"), A_NULL);
}

void class_domainsignalin(t_class *c, int onset)
{
    c->scalar = onset;
}

t_savefn class_getsavefn(const t_class *c)
{
    return c->save;
}

void class_setsavefn(t_class *c, t_savefn save)
{
    c->save = save;
}

const char *class_getname(const t_class *c)
{
    return c->name->s_name;
}

t_pd *pd_new(t_class *c)
{
    t_pd *x = calloc(1, c->size);
    *x = c;
    return x;
}

void pd_free(t_pd *x)
{
    ((void (*)(t_pd *))(void (*)(void))(*x)->drop)(x);
    free(x);
    inlet_count = outlet_count = 0;
}

void *getbytes(size_t n)
{
    return calloc(n ? n : 1, 1);
}

void freebytes(void *memory, size_t n)
{
    (void)n;
    free(memory);
}

t_inlet *signalinlet_new(t_object *owner, t_float value)
{
    (void)owner;
    inlets[inlet_count].value = value;
    return &inlets[inlet_count++];
}

t_outlet *outlet_new(t_object *owner, t_symbol *type)
{
    static t_outlet outlet;
    (void)owner;
    outlet_count += type == gensym("signal");
    return &outlet;
}

t_float *obj_findsignalscalar(const t_object *x, int inlet)
{
    t_float *first = (t_float *)(void *)((char *)(uintptr_t)x + the_class.scalar);
    return inlet ? &inlets[inlet - 1].value : first;
}

void pd_float(t_pd *x, t_float value)
{
    ((t_inlet *)(void *)x)->value = value;
}

static void show(const t_atom *a)
{
    if (a->a_type == A_FLOAT)
        fprintf(stderr, " %.17g", (double)a->a_w.w_float);
    else if (a->a_type == A_SEMI)
        fprintf(stderr, ";");
    else
        fprintf(stderr, " %s", a->a_w.w_symbol->s_name);
}

void outlet_anything(t_outlet *outlet, t_symbol *selector, int argc, t_atom *argv)
{
    (void)outlet;
    fprintf(stderr, "info: %s", selector->s_name);
    for (int i = 0; i < argc; ++i) show(&argv[i]);
    fprintf(stderr, "\n");
}

void outlet_list(t_outlet *outlet, t_symbol *selector, int argc, t_atom *argv)
{
    outlet_anything(outlet, selector, argc, argv);
}

void post(const char *format, ...)
{
    va_list values;
    va_start(values, format);
    vfprintf(stderr, format, values);
    fprintf(stderr, "\n");
    va_end(values);
}

int pd_getdspstate(void)
{
    return perform != NULL;
}

void pd_bind(t_pd *x, t_symbol *symbol)
{
    symbol->s_thing = (t_class **)(void *)x;
}

void pd_unbind(t_pd *x, t_symbol *symbol)
{
    (void)x;
    symbol->s_thing = NULL;
}

void binbuf_add(t_binbuf *binbuf, int argc, const t_atom *argv)
{
    (void)binbuf;
    for (int i = 0; i < argc; ++i) show(&argv[i]);
    fprintf(stderr, "\n");
}

t_canvas *canvas_getcurrent(void)
{
    return NULL;
}

void canvas_makefilename(const t_canvas *canvas, const char *name, char *path, int size)
{
    (void)canvas;
    snprintf(path, (size_t)size, "%s", name);
}

/* it is where one is, or in no folder */
int canvas_open(const t_canvas *canvas, const char *name, const char *ending, char *folder,
                char **found, unsigned int size, int binary)
{
    (void)canvas, (void)ending, (void)binary;
    const int file = open(name, O_RDONLY);
    const char *slash = strrchr(name, '/');
    const int length = slash ? (int)(slash - name) : 1;
    snprintf(folder, size, "%.*s", length, slash ? name : ".");
    *found = folder + length + 1;
    snprintf(*found, size - (unsigned)length - 1, "%s", slash ? slash + 1 : name);
    return file;
}

int sys_close(int file)
{
    return close(file);
}

void binbuf_gettext(const t_binbuf *binbuf, char **text, int *length)
{
    (void)binbuf;
    *text = calloc(1, 1);
    *length = 0;
}

void pd_error(const void *object, const char *format, ...)
{
    va_list values;
    (void)object;
    va_start(values, format);
    fprintf(stderr, "error: ");
    vfprintf(stderr, format, values);
    fprintf(stderr, "\n");
    va_end(values);
}

void atom_string(const t_atom *a, char *text, unsigned int size)
{
    if (a->a_type == A_FLOAT)
        snprintf(text, size, "%g", (double)a->a_w.w_float);
    else
        snprintf(text, size, "%s", a->a_w.w_symbol->s_name);
}

t_symbol *atom_getsymbol(const t_atom *a)
{
    return a->a_type == A_SYMBOL ? a->a_w.w_symbol : gensym("float");
}

t_clock *clock_new(void *owner, t_method function)
{
    t_clock *c = calloc(1, sizeof *c);
    *c = (t_clock){owner, function, UNSET};
    return clocks[clock_count++] = c;
}

void clock_delay(t_clock *c, double ms)
{
    c->at = now + ms;
}

void clock_unset(t_clock *c)
{
    c->at = UNSET;
}

void clock_free(t_clock *c)
{
    int i = 0;
    while (clocks[i] != c) ++i;
    clocks[i] = clocks[--clock_count];
    free(c);
}

t_pd *pd_findbyclass(t_symbol *name, const t_class *c)
{
    return c == garray_class && name == gensym("w") && array.points ? (t_pd *)(void *)&array : NULL;
}

int garray_getfloatwords(t_garray *a, int *points, t_word **words)
{
    *points = a->points;
    *words = a->words;
    return 1;
}

void garray_resize_long(t_garray *a, long points)
{
    t_word *words = calloc((size_t)points, sizeof *words);
    const int both = points < a->points ? (int)points : a->points;
    memcpy(words, a->words, (size_t)both * sizeof *words);
    free(a->words);
    *a = (t_garray){words, (int)points, a->generation + 1};
}

t_array *garray_getarray(t_garray *a)
{
    return (t_array *)(void *)a;
}

void garray_redraw(t_garray *a)
{
    (void)a;
}

void gpointer_init(t_gpointer *pointer)
{
    memset(pointer, 0, sizeof *pointer);
}

void gpointer_unset(t_gpointer *pointer)
{
    pointer->gp_stub = NULL;
}

void gpointer_setarray(t_gpointer *pointer, t_array *a, t_word *word)
{
    (void)word;
    pointer->gp_stub = (t_gstub *)(void *)a;
    pointer->gp_valid = array.generation;
}

int gpointer_check(const t_gpointer *pointer, int head)
{
    (void)head;
    return pointer->gp_stub && pointer->gp_valid == array.generation;
}

void canvas_update_dsp(void)
{
}

t_float sys_getsr(void)
{
    return 48000;
}

void dsp_add(t_perfroutine function, int count, ...)
{
    va_list values;
    va_start(values, count);
    perform = function;
    for (int i = 0; i < count; ++i) arguments[1 + i] = va_arg(values, t_int);
    va_end(values);
}

#ifdef _WIN32 /* where it is Pd is, say the externals */
void pd_typedmess(t_pd *x, t_symbol *selector, int argc, t_atom *argv)
{
    (void)x, (void)selector, (void)argc, (void)argv;
    abort();
}
#endif

void dsp_add_zero(t_sample *out, int n)
{
    (void)out, (void)n;
    abort();
}
