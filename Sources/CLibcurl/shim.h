#ifndef TANDEM_CLIBCURL_SHIM_H
#define TANDEM_CLIBCURL_SHIM_H
#include <curl/curl.h>

// Swift cannot call variadic functions: one function for each type of argument.

typedef size_t (*tandem_curl_receiver)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode tandem_curl_set_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode tandem_curl_set_text(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode tandem_curl_set_list(
    CURL *handle, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode tandem_curl_set_body_receiver(
    CURL *handle, tandem_curl_receiver receiver, void *context) {
    CURLcode code = curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, receiver);
    return code != CURLE_OK ? code : curl_easy_setopt(handle, CURLOPT_WRITEDATA, context);
}

static inline CURLcode tandem_curl_set_header_receiver(
    CURL *handle, tandem_curl_receiver receiver, void *context) {
    CURLcode code = curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, receiver);
    return code != CURLE_OK ? code : curl_easy_setopt(handle, CURLOPT_HEADERDATA, context);
}

static inline CURLcode tandem_curl_set_message_buffer(CURL *handle, char *buffer) {
    return curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, buffer);
}

static inline long tandem_curl_operating_system_error(CURL *handle) {
    long value = 0;
    return curl_easy_getinfo(handle, CURLINFO_OS_ERRNO, &value) == CURLE_OK ? value : 0;
}
#endif
