// libcurl, loaded when the first request is sent: what it needs in turn takes longer to load than all
// else that Tandem does at its start. The functions keep libcurl's names.
#ifndef TANDEM_CLIBCURL_H
#define TANDEM_CLIBCURL_H
#include <curl/curl.h>

typedef size_t (*tandem_curl_receiver)(char *bytes, size_t size, size_t count, void *context);

/// Whether the library is there; nothing else may be called where it is not.
int tandem_curl_is_installed(void);

// Swift cannot call variadic functions: one function for each type of argument.
CURLcode tandem_curl_set_long(CURL *handle, CURLoption option, long value);
CURLcode tandem_curl_set_text(CURL *handle, CURLoption option, const char *value);
CURLcode tandem_curl_set_list(CURL *handle, CURLoption option, struct curl_slist *value);
CURLcode tandem_curl_set_body_receiver(CURL *handle, tandem_curl_receiver receiver, void *context);
CURLcode tandem_curl_set_header_receiver(
    CURL *handle, tandem_curl_receiver receiver, void *context);
CURLcode tandem_curl_set_message_buffer(CURL *handle, char *buffer);
long tandem_curl_operating_system_error(CURL *handle);

#endif
