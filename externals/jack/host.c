/* What a box does for its object: it says what that says, and hands over its tasks. */
#include <stdarg.h>
#include <stdio.h>

#include "box.h"
#include "number.h"

void box_say(const char *format, ...)
{
    va_list values;
    va_start(values, format);
    fputs("specml-jack: ", stderr);
    vfprintf(stderr, format, values);
    fputc('\n', stderr);
    va_end(values);
}

static void say(void *owner, object_level level, const char *text)
{
    box *x = owner;
    x->errors += level == OBJECT_ERROR;
    fprintf(stderr, "%s%s: %s\n", level == OBJECT_ERROR ? "" : "warning: ", x->object.model->name,
            text);
}

static void tell(void *owner, const char *name, size_t count, const double *numbers,
                 const char *symbol)
{
    char number[NUMBER_TEXT];
    (void)owner;
    fputs(name ? name : "list", stdout);
    if (symbol) printf(" %s", symbol);
    for (size_t i = 0; !symbol && i < count; ++i) {
        number_write(numbers[i], number);
        printf(" %s", number);
    }
    putchar('\n');
    fflush(stdout);
}

const object_host box_host = {say, tell, NULL, WORD_INTEGER_MAX, '-'};

void box_do(box *x, object_task *task)
{
    handover_give(&x->handover, task, !x->active);
}
