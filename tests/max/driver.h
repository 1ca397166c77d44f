/* What the parts of the driver share: a line is a deed, the word that it begins with, and what that
 * takes. */
#ifndef SPECML_TESTS_MAX_DRIVER_H
#define SPECML_TESTS_MAX_DRIVER_H

#include "stub.h"

enum { ATOMS = 8000, LINE = 1 << 18 }; /* of a line, and its bytes */

/* driver.c */
extern int threaded; /* sound and the scheduler have threads of their own */
void act(char *text);

/* driver_words.c: of the line that this thread does. NULL or 0: there are no more. */
void begin_line(char *text);
char *next_word(void);
long next_long(void);
double next_double(void);
short read_atoms(t_atom *atoms);

/* driver_boxes.c */
void load_from(const char *where, const char *ending); /* a folder, and how its files end */
t_class *load(const char *name);
t_object **next_slot(void);
/* held while a box is made or freed, and while another thread sends */
void begin_patching(void);
void end_patching(void);
void free_boxes(void);
void deed_new(void);
void deed_restore(void);
void deed_freeze(void);
void deed_save(void);
void deed_tear(void);
void deed_free(void);

/* driver_messages.c */
void deed_send(void);
void deed_late(void);
void deed_into(void);
void deed_lateinto(void);
void deed_ask(void);
void deed_facts(void);
void deed_assist(void);
void deed_dblclick(void);
void deed_folder(void);
void deed_choose(void);

/* driver_sound.c */
void fill_noise(stub_box *b, double **in, long channels, long n);
void check_finite(stub_box *b, double **out, long channels, long n);
int sound_status(void); /* of the program, at its end */
void deed_dsp(void);
void deed_redsp(void);
void deed_off(void);
void deed_cords(void);
void deed_hear(void);
void deed_noise(void);
void deed_pass(void);

/* driver_buffers.c */
void deed_buffer(void);
void deed_release(void);
void deed_rename(void);
void deed_draw(void);
void deed_show(void);

/* driver_threads.c: every line of stdin */
void act_in_threads(char *line);

#endif
