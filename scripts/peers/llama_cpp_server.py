"""llama.cpp behind a pipe, so that its measurements can take turns with Tandem's.

usage: llama_cpp_server.py     reads one JSON object a line, answers each with one line
  {"do": "load", "model": PATH, "threads": 2}                            → {"seconds": …}
  {"do": "decode", "tokens": 64}     greedy, from an almost empty context → {"seconds": …}
  {"do": "prefill", "tokens": 512}                                        → {"seconds": …}
  {"do": "continue", "context": 4000, "tokens": 32}                       → {"seconds": …}
  {"do": "versions"}                                                      → {"llama-cpp-python": …}
  {"do": "quantize", "from": PATH, "to": PATH, "type": "Q4_K"}   every matrix in that type
"""
import ctypes
import json
import os
import sys
import time

import llama_cpp as api
import numpy as np

FILE_TYPES = {
    'Q8_0': api.LLAMA_FTYPE_MOSTLY_Q8_0, 'F16': api.LLAMA_FTYPE_MOSTLY_F16,
    'BF16': api.LLAMA_FTYPE_MOSTLY_BF16,
    'Q4_0': api.LLAMA_FTYPE_MOSTLY_Q4_0, 'Q5_0': api.LLAMA_FTYPE_MOSTLY_Q5_0,
    'Q4_K': api.LLAMA_FTYPE_MOSTLY_Q4_K_S, 'Q5_K': api.LLAMA_FTYPE_MOSTLY_Q5_K_S,
    'Q6_K': api.LLAMA_FTYPE_MOSTLY_Q6_K,
}


class Context:
    """One sequence of tokens and their cache."""

    def __init__(self, model, length, threads):
        settings = api.llama_context_default_params()
        settings.n_ctx = length
        settings.n_batch = settings.n_ubatch = 512
        settings.n_threads = settings.n_threads_batch = threads
        self.handle = api.llama_init_from_model(model, settings)
        if not self.handle:
            raise RuntimeError(f'llama.cpp refused a context of {length} tokens')
        self.vocabulary_size = api.llama_vocab_n_tokens(api.llama_model_get_vocab(model))

    def free(self):
        api.llama_free(self.handle)

    def keep(self, count):
        """Forgets all tokens but the first `count`."""
        api.llama_memory_seq_rm(api.llama_get_memory(self.handle), 0, count, -1)

    def extend(self, tokens):
        """Computes `tokens`, at most 512 at a time; returns the most probable next one."""
        for start in range(0, len(tokens), 512):
            part = tokens[start:start + 512]
            array = (ctypes.c_int32 * len(part))(*part)
            status = api.llama_decode(self.handle, api.llama_batch_get_one(array, len(part)))
            if status != 0:
                raise RuntimeError(f'llama_decode returned {status}')
        logits = api.llama_get_logits_ith(self.handle, -1)
        return int(np.ctypeslib.as_array(logits, shape=(self.vocabulary_size,)).argmax())


class Server:
    def __init__(self):
        # Kept alive: llama.cpp calls it as long as it runs.
        self.silence = api.llama_log_callback(lambda *_: None)
        api.llama_log_set(self.silence, ctypes.c_void_p(0))
        api.llama_backend_init()
        self.model = self.short = self.long = None

    def prompt(self, count):
        random = np.random.default_rng(7)
        return random.integers(100, self.short.vocabulary_size - 100, count).tolist()

    def load(self, request):
        for context in (self.short, self.long):
            if context:
                context.free()
        if self.model:
            api.llama_model_free(self.model)
        self.short = self.long = None
        started = time.perf_counter()
        self.model = api.llama_model_load_from_file(
            request['model'].encode(), api.llama_model_default_params())
        if not self.model:
            raise RuntimeError('llama.cpp refused ' + request['model'])
        self.threads = request['threads']
        self.short = Context(self.model, 1024, self.threads)
        return {'seconds': time.perf_counter() - started}

    def timed_steps(self, context, token, count):
        started = time.perf_counter()
        for _ in range(count):
            token = context.extend([token])
        return {'seconds': time.perf_counter() - started}

    def decode(self, request):
        self.short.keep(0)
        token = self.short.extend(self.prompt(8))
        return self.timed_steps(self.short, token, request['tokens'])

    def prefill(self, request):
        self.short.keep(0)
        tokens = self.prompt(request['tokens'])
        started = time.perf_counter()
        self.short.extend(tokens)
        return {'seconds': time.perf_counter() - started}

    def continue_(self, request):
        length = request['context']
        if not self.long:
            self.long = Context(self.model, length + 96, self.threads)
            self.long.extend(self.prompt(length - 1))
        self.long.keep(length - 1)
        token = self.long.extend(self.prompt(length)[-1:])
        return self.timed_steps(self.long, token, request['tokens'])

    def versions(self, _):
        return {'llama-cpp-python': api.__version__,
                'build': api.llama_print_system_info().decode().strip()}

    def quantize(self, request):
        settings = api.llama_model_quantize_default_params()
        settings.ftype = FILE_TYPES[request['type']]
        settings.allow_requantize = settings.pure = True
        part = request['to'] + '.part'
        status = api.llama_model_quantize(
            request['from'].encode(), part.encode(), ctypes.byref(settings))
        if status != 0:
            raise RuntimeError(f'llama_model_quantize returned {status}')
        os.rename(part, request['to'])
        return {}


# What llama.cpp prints must not come between the answers.
answers = os.fdopen(os.dup(1), 'w', buffering=1)
os.dup2(2, 1)
server = Server()
work = {'load': server.load, 'decode': server.decode, 'prefill': server.prefill,
        'continue': server.continue_, 'versions': server.versions, 'quantize': server.quantize}
for line in sys.stdin:
    try:
        request = json.loads(line)
        answer = work[request['do']](request)
    except Exception as error:
        answer = {'error': f'{type(error).__name__}: {error}'}
    print(json.dumps(answer), file=answers)
