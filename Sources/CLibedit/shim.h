#ifndef TANDEM_CLIBEDIT_SHIM_H
#define TANDEM_CLIBEDIT_SHIM_H

#include <histedit.h>
#include <stddef.h>
#include <stdio.h>
#include <wchar.h>

// Swift cannot call variadic functions: one typed function for each operation that Tandem uses.
// All return what el_wset or history_w returns: 0 (or more) on success, -1 on failure.

typedef wchar_t *(*tandem_prompt_function)(EditLine *);
typedef unsigned char (*tandem_edit_function)(EditLine *, wint_t);
typedef int (*tandem_read_function)(EditLine *, wchar_t *);

/// Between two `marker`s the prompt holds a terminal sequence that takes no columns.
static inline int tandem_el_set_prompt(EditLine *el, tandem_prompt_function prompt, wchar_t marker)
{
    return el_wset(el, EL_PROMPT_ESC, prompt, marker);
}

static inline int tandem_el_set_editor(EditLine *el, const wchar_t *name)
{
    return el_wset(el, EL_EDITOR, name);
}

static inline int tandem_el_get_editor(EditLine *el, const wchar_t **name)
{
    return el_wget(el, EL_EDITOR, name);
}

static inline int tandem_el_set_client_data(EditLine *el, void *data)
{
    return el_wset(el, EL_CLIENTDATA, data);
}

static inline void *tandem_el_client_data(EditLine *el)
{
    void *data = NULL;
    return el_wget(el, EL_CLIENTDATA, &data) == 0 ? data : NULL;
}

static inline int tandem_el_set_reader(EditLine *el, tandem_read_function read)
{
    return el_wset(el, EL_GETCFN, read);
}

static inline int tandem_el_add_function(
    EditLine *el, const wchar_t *name, const wchar_t *help, tandem_edit_function function)
{
    return el_wset(el, EL_ADDFN, name, help, function);
}

static inline int tandem_el_bind(EditLine *el, const wchar_t *keys, const wchar_t *command)
{
    return el_wset(el, EL_BIND, keys, command, NULL);
}

/// Changes a terminal flag, such as `-isig`, of the mode in which lines are edited.
static inline int tandem_el_set_editing_flag(EditLine *el, const wchar_t *flag)
{
    return el_wset(el, EL_SETTY, L"-d", flag, NULL);
}

/// 1 puts the terminal into the editing mode, 0 restores what it was.
static inline int tandem_el_prepare_terminal(EditLine *el, int on)
{
    return el_wset(el, EL_PREP_TERM, on);
}

/// Draws prompt and line anew from where the terminal's cursor is.
static inline int tandem_el_refresh(EditLine *el)
{
    return el_wset(el, EL_REFRESH);
}

static inline int tandem_el_set_history(EditLine *el, HistoryW *history)
{
    return el_wset(el, EL_HIST, history_w, history);
}

static inline int tandem_history_set_size(HistoryW *history, int count)
{
    HistEventW event;
    return history_w(history, &event, H_SETSIZE, count);
}

/// Appends an entry and stores the number that libedit gave it.
static inline int tandem_history_enter(HistoryW *history, const wchar_t *text, int *number)
{
    HistEventW event;
    int result = history_w(history, &event, H_ENTER, text);
    *number = result < 0 ? -1 : event.num;
    return result;
}

static inline int tandem_history_delete(HistoryW *history, int number)
{
    HistEventW event;
    return history_w(history, &event, H_DEL, number);
}

#endif
