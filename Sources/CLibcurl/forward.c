#define _GNU_SOURCE
#include "CLibcurl.h"
#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>

static void *library;
static pthread_once_t once = PTHREAD_ONCE_INIT;

// Its own calls must reach itself, not the functions below: RTLD_DEEPBIND.
static void load(void) {
    library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL | RTLD_DEEPBIND);
}

int tandem_curl_is_installed(void) {
    pthread_once(&once, load);
    return library != NULL;
}

static void *find(const char *name) {
    void *function = tandem_curl_is_installed() ? dlsym(library, name) : NULL;
    if (!function) abort();
    return function;
}

#define FORWARD(result, name, parameters, arguments)                                             \
    result name parameters {                                                                     \
        static result(*_Atomic function) parameters;                                             \
        if (!function) function = (result(*) parameters)find(#name);                             \
        return function arguments;                                                               \
    }

FORWARD(CURLcode, curl_global_init, (long flags), (flags))
FORWARD(CURL *, curl_easy_init, (void), ())
FORWARD(void, curl_easy_cleanup, (CURL * handle), (handle))
FORWARD(const char *, curl_easy_strerror, (CURLcode code), (code))
FORWARD(time_t, curl_getdate, (const char *text, const time_t *unused), (text, unused))
FORWARD(CURLM *, curl_multi_init, (void), ())
FORWARD(CURLMcode, curl_multi_cleanup, (CURLM * multi), (multi))
FORWARD(CURLMcode, curl_multi_add_handle, (CURLM * multi, CURL *handle), (multi, handle))
FORWARD(CURLMcode, curl_multi_remove_handle, (CURLM * multi, CURL *handle), (multi, handle))
FORWARD(CURLMcode, curl_multi_perform, (CURLM * multi, int *running), (multi, running))
FORWARD(CURLMsg *, curl_multi_info_read, (CURLM * multi, int *left), (multi, left))
FORWARD(
    CURLMcode, curl_multi_poll,
    (CURLM * multi, struct curl_waitfd descriptors[], unsigned int count, int milliseconds,
     int *events),
    (multi, descriptors, count, milliseconds, events))
FORWARD(
    struct curl_slist *, curl_slist_append, (struct curl_slist * list, const char *text),
    (list, text))
FORWARD(void, curl_slist_free_all, (struct curl_slist * list), (list))

typedef CURLcode (*setter)(CURL *, CURLoption, ...);

static setter set_option(void) {
    static _Atomic setter function;
    if (!function) function = (setter)find("curl_easy_setopt");
    return function;
}

CURLcode tandem_curl_set_long(CURL *handle, CURLoption option, long value) {
    return set_option()(handle, option, value);
}

CURLcode tandem_curl_set_text(CURL *handle, CURLoption option, const char *value) {
    return set_option()(handle, option, value);
}

CURLcode tandem_curl_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
    return set_option()(handle, option, value);
}

static CURLcode set_receiver(
    CURL *handle, CURLoption function, tandem_curl_receiver receiver, CURLoption data,
    void *context) {
    CURLcode code = set_option()(handle, function, receiver);
    return code != CURLE_OK ? code : set_option()(handle, data, context);
}

CURLcode tandem_curl_set_body_receiver(
    CURL *handle, tandem_curl_receiver receiver, void *context) {
    return set_receiver(handle, CURLOPT_WRITEFUNCTION, receiver, CURLOPT_WRITEDATA, context);
}

CURLcode tandem_curl_set_header_receiver(
    CURL *handle, tandem_curl_receiver receiver, void *context) {
    return set_receiver(handle, CURLOPT_HEADERFUNCTION, receiver, CURLOPT_HEADERDATA, context);
}

CURLcode tandem_curl_set_message_buffer(CURL *handle, char *buffer) {
    return set_option()(handle, CURLOPT_ERRORBUFFER, buffer);
}

long tandem_curl_operating_system_error(CURL *handle) {
    typedef CURLcode (*getter)(CURL *, CURLINFO, ...);
    long value = 0;
    getter get = (getter)find("curl_easy_getinfo");
    return get(handle, CURLINFO_OS_ERRNO, &value) == CURLE_OK ? value : 0;
}
