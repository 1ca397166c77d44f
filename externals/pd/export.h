/* The one symbol that an external shows: its setup function. */
#ifndef SPECML_PD_EXPORT_H
#define SPECML_PD_EXPORT_H

#ifdef _WIN32
#define EXPORT __declspec(dllexport)
#else
#define EXPORT __attribute__((visibility("default")))
#endif

#endif
