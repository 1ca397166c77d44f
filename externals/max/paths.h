/* Paths: where the files are that are named to a box, or chosen in Max's dialogs. A path is whole,
 * as the system has it, in UTF-8. */
#ifndef SPECML_MAX_PATHS_H
#define SPECML_MAX_PATHS_H

#include "api.h"

enum { PATHS_ROOM = MAX_PATH_CHARS };

/* all of it [message]: 1 and path, (PATHS_ROOM,), or 0 */

/* in the folder of the patcher that was opened last, or else along Max's search path; a whole path
 * where it says; 0: it is nowhere */
int paths_find(const char *name, char *path);
/* in that folder, or where a whole path says; 0: there is no such folder */
int paths_place(const char *name, char *path);
/* Dialogs, in which Max waits for a person; 0: cancelled. name: what is proposed. */
int paths_choose_found(char *path);
int paths_choose_place(const char *name, char *path);

#endif
