/* What of Max and MSP is used: their types, constants and functions as they stand in Cycling '74's
 * SDK, said again, so that nobody needs the SDK to build these objects. Compiled with MAX_SDK and
 * the SDK's folders on the include path, the same files meet the real declarations instead. Only
 * functions are called, none of the SDK's macros. */
#ifndef SPECML_MAX_API_H
#define SPECML_MAX_API_H

/* how any function is handed to Max, which knows what it takes by the types that it is told */
#define METHOD(function) ((method)(void (*)(void))(function))

#ifdef MAX_SDK

#include <ext.h>
#include <ext_obex.h>

#include <ext_buffer.h>
#include <z_dsp.h>

#else

#include <stddef.h>
#include <stdint.h>

#ifdef _WIN32
#define C74_EXPORT __declspec(dllexport)
#else
#define C74_EXPORT __attribute__((visibility("default")))
#endif

/* ---- types ---- */

typedef intptr_t t_atom_long, t_ptr_int, t_max_err;
typedef double t_atom_float;
typedef uint32_t t_fourcc;
typedef void *(*method)(void *);

typedef struct maxclass t_class;
typedef struct _dictionary t_dictionary;
typedef struct _buffer_ref t_buffer_ref;
typedef struct _dspchain t_dspchain;
typedef void t_outlet, t_inlet, t_qelem, t_clock;

typedef struct object {
    void *o_messlist;
    t_ptr_int o_magic;
    t_inlet *o_inlet;
    t_outlet *o_outlet;
} t_object;

typedef t_object t_buffer_obj;

typedef struct symbol {
    char *s_name;
    t_object *s_thing; /* what is bound to it */
} t_symbol;

typedef struct atom {
    short a_type;
    union {
        t_atom_long w_long;
        t_atom_float w_float;
        t_symbol *w_sym;
        t_object *w_obj;
    } a_w;
} t_atom;

/* an object that is in the signal chain begins so */
typedef struct t_pxobject {
    t_object z_ob;
    long z_in;
    void *z_proxy;
    long z_disabled;
    short z_count;
    short z_misc; /* Z_.. */
} t_pxobject;

/* ---- constants ---- */

enum { A_NOTHING, A_LONG, A_FLOAT, A_SYM, A_GIMME = 8, A_CANT = 9 };
enum { ASSIST_INLET = 1, ASSIST_OUTLET = 2, ASSIST_MAX_STRING_LEN = 500 };
enum { MAX_ERR_NONE = 0, MAX_ERR_GENERIC = -1 };
enum { MAX_PATH_CHARS = 2048 };
enum { ATTR_SET_OPAQUE_USER = 0x200 }; /* an attribute that nobody sets later */
enum {
    Z_NO_INPLACE = 1, /* outputs lie in memory of their own */
    Z_MC_INLETS = 32  /* all channels of a multichannel cord come in, not the first alone */
};

/* ---- classes, objects, attributes ---- */

t_class *class_new(const char *name, const method make, const method unmake, long size,
                   const method menu, short type, ...);
t_max_err class_addmethod(t_class *c, const method m, const char *name, ...);
t_max_err class_addattr(t_class *c, t_object *attribute);
t_max_err class_attr_addattr_atoms(t_class *c, const char *attribute, const char *name,
                                   t_symbol *type, long flags, long count, t_atom *atoms);
t_max_err class_register(t_symbol *name_space, t_class *c);
t_object *attr_offset_new(const char *name, const t_symbol *type, long flags, const method get,
                          const method set, long offset);

void *object_alloc(t_class *c);
void freeobject(void *x);
void *object_method_imp(void *x, void *message, void *p1, void *p2, void *p3, void *p4, void *p5,
                        void *p6, void *p7, void *p8);
t_max_err object_method_typed(void *x, t_symbol *message, long count, t_atom *atoms,
                              t_atom *answer);
t_symbol *object_classname(void *x);
t_max_err object_obex_store(void *x, t_symbol *key, t_object *value);
t_max_err object_attr_touch(t_object *x, t_symbol *attribute);
void object_error(t_object *x, const char *format, ...);
void object_warn(t_object *x, const char *format, ...);

/* ---- symbols, atoms, dictionaries ---- */

t_symbol *gensym(const char *name);
long atom_gettype(const t_atom *a);
t_atom_long atom_getlong(const t_atom *a);
t_atom_float atom_getfloat(const t_atom *a);
t_symbol *atom_getsym(const t_atom *a);
t_max_err atom_setlong(t_atom *a, t_atom_long value);
t_max_err atom_setfloat(t_atom *a, double value);
t_max_err atom_setsym(t_atom *a, t_symbol *value);
t_max_err atom_alloc(long *count, t_atom **atoms, char *allocated);
t_max_err dictionary_getatoms(const t_dictionary *d, t_symbol *key, long *count, t_atom **atoms);
t_max_err dictionary_getdictionary(const t_dictionary *d, t_symbol *key, t_object **value);
t_max_err dictionary_getstring(const t_dictionary *d, t_symbol *key, const char **value);
t_max_err dictionary_appendstring(t_dictionary *d, t_symbol *key, const char *value);

/* ---- inlets, outlets, threads ---- */

long proxy_getinlet(t_object *x); /* through which a message came */
void *outlet_new(void *x, const char *type);
void *outlet_anything(t_outlet *outlet, t_symbol *name, short count, t_atom *atoms);
void *outlet_list(t_outlet *outlet, t_symbol *name, short count, t_atom *atoms);
void *defer(void *x, method function, t_symbol *name, short count, t_atom *atoms);
void *defer_low(void *x, method function, t_symbol *name, short count, t_atom *atoms);
void *qelem_new(void *x, method function);
void qelem_set(t_qelem *qelem);
void qelem_free(t_qelem *qelem);
t_clock *clock_new(void *x, method function);
void clock_delay(t_clock *clock, long ms);
void clock_unset(t_clock *clock);
void systhread_sleep(long ms);

/* ---- files: a path is the number of a folder; 0 where a function could do it ---- */

short locatefile_extended(char *name, short *path, t_fourcc *type, const t_fourcc *types,
                          short count);
short open_dialog(char *name, short *path, t_fourcc *type, t_fourcc *types, short count);
short saveasdialog_extended(char *name, short *path, t_fourcc *type, t_fourcc *types, short count);
short path_getdefault(void);
short path_frompathname(const char *whole, short *path, char *name);
t_max_err path_toabsolutesystempath(const short path, const char *name, char *whole);

/* ---- MSP ---- */

typedef void (*t_perfroutine64)(t_object *x, t_object *dsp64, double **ins, long numins,
                                double **outs, long numouts, long sampleframes, long flags,
                                void *userparam);
void class_dspinit(t_class *c);
void z_dsp_setup(t_pxobject *x, long signals);
void z_dsp_free(t_pxobject *x);
void dsp_add64(t_object *dsp64, t_object *x, t_perfroutine64 perform, long flags, void *userparam);
float sys_getsr(void);
int sys_getdspobjdspstate(t_object *x);
t_dspchain *dspchain_fromobject(t_object *x);
void dspchain_setbroken(t_dspchain *chain);

t_buffer_ref *buffer_ref_new(t_object *x, t_symbol *name);
t_buffer_obj *buffer_ref_getobject(t_buffer_ref *reference);
t_max_err buffer_ref_notify(t_buffer_ref *reference, t_symbol *s, t_symbol *message, void *sender,
                            void *data);
void buffer_view(t_buffer_obj *buffer);
float *buffer_locksamples(t_buffer_obj *buffer);
void buffer_unlocksamples(t_buffer_obj *buffer);
t_atom_long buffer_getchannelcount(t_buffer_obj *buffer);
t_atom_long buffer_getframecount(t_buffer_obj *buffer);
t_max_err buffer_setdirty(t_buffer_obj *buffer);
t_max_err buffer_edit_begin(t_buffer_obj *buffer);
t_max_err buffer_edit_end(t_buffer_obj *buffer, long valid);

C74_EXPORT void ext_main(void *resources);

#endif

#endif
