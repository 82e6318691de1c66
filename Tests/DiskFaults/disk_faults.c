// A disk that fails, for a program under test: calls of the C library on chosen files fail at a chosen
// moment.
//
// DISK_FAULTS holds the faults, separated by semicolons: CALL,PART,NUMBER,ERROR. CALL is a function
// below; PART stands somewhere in the file's path; NUMBER says which of the matching calls fails, from
// 1, and all after it too where a + follows; ERROR is an errno, or 0: then `write` takes the first half
// of its bytes only. `open` counts where a file is opened for writing.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "disk_faults.h"

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

enum { NO_FAULT = -1, FAULT_LIMIT = 8 };

static struct {
    char call[16];
    char part[128];
    int number, is_lasting, error, count;
} faults[FAULT_LIMIT];
static int fault_count;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

__attribute__((constructor)) static void read_faults(void) {
    const char *text = getenv("DISK_FAULTS");
    while (text && *text && fault_count < FAULT_LIMIT) {
        char number[16];
        if (sscanf(
                text, "%15[^,],%127[^,],%15[^,],%d", faults[fault_count].call,
                faults[fault_count].part, number, &faults[fault_count].error)
            != 4) {
            fprintf(stderr, "DISK_FAULTS: not a fault: %s\n", text);
            abort();
        }
        faults[fault_count].number = atoi(number);
        faults[fault_count].is_lasting = strchr(number, '+') != NULL;
        fault_count++;
        text = strchr(text, ';');
        if (text) text++;
    }
}

/// The error that this call on this path gives, or NO_FAULT.
static int fault(const char *call, const char *path) {
    int error = NO_FAULT;
    pthread_mutex_lock(&mutex);
    for (int index = 0; index < fault_count; index++) {
        if (strcmp(faults[index].call, call) || !strstr(path, faults[index].part)) continue;
        int count = ++faults[index].count;
        if (count == faults[index].number || (faults[index].is_lasting && count > faults[index].number))
            error = faults[index].error;
    }
    pthread_mutex_unlock(&mutex);
    return error;
}

static int fault_of(const char *call, int descriptor) {
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return NO_FAULT;
    path[length] = 0;
    return fault(call, path);
}

static int failed(int error) {
    errno = error;
    return -1;
}

ssize_t write(int descriptor, const void *bytes, size_t count) {
    int error = fault_of("write", descriptor);
    if (error > 0) return failed(error);
    if (error == 0 && count > 1) count /= 2;
    return NEXT(write)(descriptor, bytes, count);
}

ssize_t pread(int descriptor, void *bytes, size_t count, off_t offset) {
    int error = fault_of("pread", descriptor);
    return error > 0 ? failed(error) : NEXT(pread)(descriptor, bytes, count, offset);
}

ssize_t pread64(int descriptor, void *bytes, size_t count, off64_t offset) {
    return pread(descriptor, bytes, count, offset);
}

int fdatasync(int descriptor) {
    int error = fault_of("fdatasync", descriptor);
    return error > 0 ? failed(error) : NEXT(fdatasync)(descriptor);
}

int fsync(int descriptor) {
    int error = fault_of("fsync", descriptor);
    return error > 0 ? failed(error) : NEXT(fsync)(descriptor);
}

int ftruncate(int descriptor, off_t length) {
    int error = fault_of("ftruncate", descriptor);
    return error > 0 ? failed(error) : NEXT(ftruncate)(descriptor, length);
}

int rename(const char *from, const char *to) {
    int error = fault("rename", to);
    return error > 0 ? failed(error) : NEXT(rename)(from, to);
}

void *dlopen(const char *path, int flags) {
    return path && fault("dlopen", path) > 0 ? NULL : NEXT(dlopen)(path, flags);
}

int mkdir(const char *path, mode_t mode) {
    int error = fault("mkdir", path);
    return error > 0 ? failed(error) : NEXT(mkdir)(path, mode);
}

int open(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    int error = flags & (O_WRONLY | O_RDWR | O_CREAT) ? fault("open", path) : NO_FAULT;
    return error > 0 ? failed(error) : NEXT(open)(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    return open(path, flags, mode);
}
