/* Numbers as text, the same on every machine and in every locale: docs/state.md says how. */
#ifndef SPECML_NUMBER_H
#define SPECML_NUMBER_H

enum { NUMBER_TEXT = 40 /* characters, with the 0 at the end */ };

/* [any] As few digits as read back the same double, which is finite. text: (NUMBER_TEXT,) */
void number_write(double number, char *text);
/* [any] 1; or 0 if it is no number as JSON has them, or not finite */
int number_read(const char *text, double *number);

#endif
