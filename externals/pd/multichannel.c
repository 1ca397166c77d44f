#ifdef _WIN32
#include <windows.h>
#else
#include <dlfcn.h>
#endif
#include <stddef.h>
#include <string.h>

#include "multichannel.h"

/* how a t_signal begins since Pd 0.54, whichever m_pd.h this is compiled with; in older ones
 * another field stands in the place of s_nchans */
typedef struct {
    int s_length;
    t_sample *s_vec;
    t_float s_sr;
    int s_nchans;
} signal_since_054;

typedef void make_function(t_signal **, int);

static make_function *make;

void multichannel_find(void)
{
    static const char name[] = "signal_setmultiout";
#ifdef _WIN32
    HMODULE pd = NULL;
    GetModuleHandleExA(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS |
                           GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT,
                       (LPCSTR)(void *)&pd_typedmess, &pd);
    make = pd ? (make_function *)(void (*)(void))GetProcAddress(pd, name) : NULL;
#else
    void *pd = dlopen(NULL, RTLD_NOW);
    make = pd ? (make_function *)dlsym(pd, name) : NULL;
#endif
}

int multichannel_found(void)
{
    return make != NULL;
}

int multichannel_count(const t_signal *signal)
{
    int channels = 1;
    if (make)
        memcpy(&channels, (const char *)signal + offsetof(signal_since_054, s_nchans),
               sizeof channels);
    return channels;
}

void multichannel_make(t_signal **signal, int channels)
{
    if (make) make(signal, channels);
}
