/* How a box begins in JACK, and how it ends. */
#include <stdlib.h>
#include <string.h>

#include "box.h"
#include "wake.h"

/* ---- notes that JACK leaves, on threads of its own ---- */

static void note_end(jack_status_t status, const char *reason, void *owner)
{
    box *x = owner;
    (void)status;
    if (reason) strncpy(x->why, reason, sizeof x->why - 1);
    atomic_store(&x->gone, 1);
    wake();
}

/* PipeWire gives no reason where its daemon has gone. */
static void note_end_alone(void *owner)
{
    note_end(JackServerError, NULL, owner);
}

static void note_connection(jack_port_id_t a, jack_port_id_t b, int connected, void *owner)
{
    (void)a, (void)b, (void)connected, (void)owner;
    wake();
}

static int note_rate(jack_nframes_t rate, void *owner)
{
    (void)rate, (void)owner;
    wake();
    return 0;
}

static void be_silent(const char *text)
{
    (void)text; /* JACK's own words, perhaps on the audio thread */
}

/* ---- life ---- */

static void enter_jack(box *x)
{
    const char *name = x->options.name ? x->options.name : x->object.model->name;
    jack_status_t status = 0;
    jack_set_error_function(be_silent);
    jack_set_info_function(be_silent);
    x->client = jack_client_open(name, JackNoStartServer, &status);
    if (!x->client) {
        box_say(status & (JackServerFailed | JackServerError)
                    ? "there is no JACK server: start one, say by jackd -d alsa"
                    : "JACK does not take it as a client named %.99s",
                name);
        return;
    }
    if (strcmp(name, jack_get_client_name(x->client)))
        box_say("JACK calls it %s", jack_get_client_name(x->client));
    jack_on_shutdown(x->client, note_end_alone, x);
    jack_on_info_shutdown(x->client, note_end, x);
    jack_set_process_callback(x->client, box_process, x);
    jack_set_port_connect_callback(x->client, note_connection, x);
    jack_set_sample_rate_callback(x->client, note_rate, x);
}

static int read_box(box *x)
{
    object *o = &x->object;
    char refusal[WORD_TEXT_MAX];
    const object_names names = object_box(o, x->options.count, x->options.words, NULL);
    if (names.file && !x->options.read) x->options.read = names.file;
    if (object_asks_for_patch(o, &names, "in JACK", refusal))
        box_say("%s", refusal);
    else if (!x->errors)
        return 0;
    return -1;
}

static int make_networks(box *x)
{
    object *o = &x->object;
    const options *said = &x->options;
    o->samplerate = jack_get_sample_rate(x->client); /* what it costs goes by it */
    box_do(x, object_channels(o, 1));
    if (o->made && said->read) box_do(x, object_load(o, said->read, 0));
    if (!o->made || x->errors) return -1;
    x->channels = o->model->sources ? o->made : o->model->sources_of(object_newest(o)->net[0]);
    if (said->channels || !x->channels) x->channels = said->channels ? said->channels : 1;
    return 0;
}

/* All that there is is made before JACK asks for the first block. */
int box_begin(box *x)
{
    object_init(&x->object, x->options.model, &box_host, x, 0.0);
    handover_init(&x->handover, &x->object);
    if (read_box(x)) return 2;
    if (wake_init()) return 1;
    enter_jack(x);
    if (!x->client || make_networks(x) || box_add_ports(x)) return 1;
    box_fit(x);
    if (x->object.made < x->object.wide) return 1;
    x->active = !jack_activate(x->client);
    wake_heed_signals();
    if (!x->active) {
        box_say("JACK does not let it begin");
        return 1;
    }
    if (x->options.connect) box_connect(x);
    return 0;
}

/* What it has been told is done before it ends. */
int box_end(box *x)
{
    enum { LOOKS = 100 }; /* more than a stand-in for the audio thread takes */
    const int gone = atomic_load(&x->gone);
    if (gone) box_say("the JACK server has gone%s%s", *x->why ? ": " : "", x->why);
    if (!gone) jack_deactivate(x->client);
    x->active = x->object.sounding = 0;
    for (int k = 0; k < LOOKS && handover_look(&x->handover); ++k) {
    }
    const int before = x->errors;
    if (x->options.write) box_do(x, object_save(&x->object, x->options.write));
    return gone || x->errors > before;
}

void box_leave(box *x)
{
    if (x->client) jack_client_close(x->client);
    handover_free(&x->handover);
    object_exit(&x->object);
    free(x->in);
    free(x->out);
    free(x->heard);
    free(x->said);
}
