/* What a box is told: what its object understands, and quit. */
#include <string.h>

#include "box.h"

void box_message(box *x, int count, const word_given *given)
{
    x->object.sounding = x->active;
    if (strcmp(given->text, "quit"))
        box_do(x, object_message(&x->object, count, given, " quit"));
    else
        x->ended = 1;
    box_fit(x);
}
