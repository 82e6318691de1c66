// Worker threads: each run is one generation of a counter that the workers wait for, first spinning,
// then asleep on a futex (a condition variable elsewhere would do; Linux is what is built for).

#include "kernels.h"
#include <linux/futex.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define RELAX() __builtin_ia32_pause()
#else
#define RELAX() __asm__ volatile("yield")
#endif

/// Before a worker sleeps: more than the gap between two steps. Before a waiting thread gives its
/// processor away: more than the usual difference between two threads' shares.
enum { SPINS_BEFORE_SLEEP = 2000, SPINS_BEFORE_YIELD = 500 };

typedef struct {
    tk_pool *pool;
    int thread;
    pthread_t handle;
} worker;

struct tk_pool {
    _Alignas(64) _Atomic uint32_t generation;
    _Alignas(64) _Atomic uint32_t sleeping;
    _Alignas(64) _Atomic int arrived;
    _Alignas(64) _Atomic uint32_t barrier_generation;
    _Alignas(64) _Atomic int next;
    _Alignas(64) int threads;
    int stopping;
    void (*work)(void *, int);
    void *context;
    worker *workers;
};

static void sleep_while(_Atomic uint32_t *word, uint32_t value) {
    syscall(SYS_futex, word, FUTEX_WAIT_PRIVATE, value, 0, 0, 0);
}

static void *worker_main(void *argument) {
    worker *self = argument;
    tk_pool *pool = self->pool;
    uint32_t seen = 0;
    for (;;) {
        for (int spins = 0; atomic_load_explicit(&pool->generation, memory_order_acquire) == seen;
             spins++) {
            if (spins < SPINS_BEFORE_SLEEP) {
                RELAX();
                continue;
            }
            atomic_fetch_add(&pool->sleeping, 1);
            if (atomic_load(&pool->generation) == seen) sleep_while(&pool->generation, seen);
            atomic_fetch_sub(&pool->sleeping, 1);
        }
        seen++;
        if (pool->stopping) return 0;
        pool->work(pool->context, self->thread);
        tk_pool_barrier(pool, self->thread);
    }
}

static void release(tk_pool *pool) {
    atomic_fetch_add(&pool->generation, 1);
    if (atomic_load(&pool->sleeping) > 0)
        syscall(SYS_futex, &pool->generation, FUTEX_WAKE_PRIVATE, pool->threads, 0, 0, 0);
}

tk_pool *tk_pool_create(int threads) {
    tk_pool *pool = aligned_alloc(64, (sizeof(tk_pool) + 63) / 64 * 64);
    if (!pool) return 0;
    *pool = (tk_pool){.threads = 1};
    pool->workers = calloc((size_t)threads, sizeof(worker));
    if (!pool->workers) {
        free(pool);
        return 0;
    }
    for (int thread = 1; thread < threads; thread++) {
        worker *w = &pool->workers[thread];
        *w = (worker){.pool = pool, .thread = thread};
        if (pthread_create(&w->handle, 0, worker_main, w) != 0) {
            tk_pool_destroy(pool);
            return 0;
        }
        pool->threads = thread + 1;
    }
    return pool;
}

void tk_pool_destroy(tk_pool *pool) {
    pool->stopping = 1;
    release(pool);
    for (int thread = 1; thread < pool->threads; thread++)
        pthread_join(pool->workers[thread].handle, 0);
    free(pool->workers);
    free(pool);
}

void tk_pool_run(tk_pool *pool, void (*work)(void *, int), void *context) {
    pool->work = work;
    pool->context = context;
    atomic_store(&pool->next, 0);
    if (pool->threads > 1) release(pool);
    work(context, 0);
    tk_pool_barrier(pool, 0);
}

void tk_pool_barrier(tk_pool *pool, int thread) {
    (void)thread;
    if (pool->threads == 1) {
        atomic_store_explicit(&pool->next, 0, memory_order_relaxed);
        return;
    }
    uint32_t generation = atomic_load_explicit(&pool->barrier_generation, memory_order_acquire);
    if (atomic_fetch_add_explicit(&pool->arrived, 1, memory_order_acq_rel) == pool->threads - 1) {
        atomic_store_explicit(&pool->arrived, 0, memory_order_relaxed);
        atomic_store_explicit(&pool->next, 0, memory_order_relaxed);
        atomic_store_explicit(&pool->barrier_generation, generation + 1, memory_order_release);
        return;
    }
    // More threads than cores must not wait for a thread that cannot run.
    for (int spins = 0;
         atomic_load_explicit(&pool->barrier_generation, memory_order_acquire) == generation;
         spins++) {
        if (spins < SPINS_BEFORE_YIELD)
            RELAX();
        else
            sched_yield();
    }
}

int tk_pool_next(tk_pool *pool) {
    return atomic_fetch_add_explicit(&pool->next, 1, memory_order_relaxed);
}
