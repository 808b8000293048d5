/* base/banned.h - libc calls that go wrong quietly; tools/tidy.py refuses them
 * by name, this header makes them a compile error where that is possible. */
#ifndef BASE_BANNED_H
#define BASE_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#undef sprintf                           /* macros in fortified headers, under clang */
#undef vsprintf
#pragma GCC poison strcpy strcat strncpy strncat sprintf vsprintf gets
#pragma GCC poison atoi atol atoll atof strtok localtime gmtime ctime asctime
#pragma GCC poison tmpnam mktemp popen

#endif
