/* specml-jack: a model as a client of JACK. specml-jack --help says how it is used. */
#include "box.h"
#include "isa.h"
#include "lines.h"
#include "wake.h"

static const double period = 0.04; /* s: 25 looks a second */

static void hear(box *x, lines *input)
{
    int count;
    lines_take(input, 0);
    while (!x->ended && (count = lines_next(input)) != -1)
        if (count > 0)
            box_message(x, count, input->words);
        else if (count < 0)
            box_say("a line is too long");
    x->ended |= input->ended && x->options.until_eof;
}

static void go_on(box *x)
{
    lines input = {0};
    double looked = object_seconds();
    while (!x->ended && !atomic_load(&x->gone) && !wake_signalled()) {
        const double left = looked + period - object_seconds();
        if (wake_wait(input.ended ? -1 : 0, left)) hear(x, &input);
        box_fit(x);
        if (object_seconds() - looked < period) continue;
        handover_look(&x->handover);
        looked = object_seconds();
    }
    lines_free(&input);
}

int main(int argc, char **argv)
{
    static box x;
    int status = options_read(&x.options, argc, argv) ? 2 : 0;
    if (!status && x.options.help)
        help_print(x.options.model);
    else if (!status && isa_refusal()) {
        box_say("it refuses to run: %s", isa_refusal());
        status = 1;
    } else if (!status) {
        status = box_begin(&x);
        if (!status) {
            go_on(&x);
            status = box_end(&x);
        }
        box_leave(&x);
    }
    if (status == 2) box_say("specml-jack --help says what can be said");
    options_free(&x.options);
    return status;
}
