/* The header of a state file, which is JSON of one form: an object of objects. */
#ifndef SPECML_JSON_H
#define SPECML_JSON_H

#include "safetensors.h"

/* [message] Fills entries and facts from s->header, whose texts are ended and unescaped where they
 * stand: 0; or -1, and in defect what is wrong. No key is looked at twice, nothing is recursive. */
int json_read(safetensors *s, char *defect);

#endif
