/*
 * Sets the clock of one process: loaded by LD_PRELOAD, adds the nanoseconds that stand in the file
 * named by COUNTERSIGN_CLOCK (eight bytes, as this machine stores them) to the wall clock. The
 * monotonic clock stays as it is, as when somebody sets a clock.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static const volatile long long *ahead;

__attribute__((constructor)) static void attach(void) {
  const char *path = getenv("COUNTERSIGN_CLOCK");
  int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
  if (file >= 0) {
    void *map = mmap(0, sizeof(long long), PROT_READ, MAP_SHARED, file, 0);
    ahead = map == MAP_FAILED ? 0 : map;
    close(file);
  }
}

int clock_gettime(clockid_t id, struct timespec *time) {
  int result = (int)syscall(SYS_clock_gettime, id, time);
  if (result == 0 && ahead && (id == CLOCK_REALTIME || id == CLOCK_REALTIME_COARSE)) {
    long long nanos = time->tv_nsec + *ahead % 1000000000LL;
    time->tv_sec += *ahead / 1000000000LL;
    if (nanos < 0) {
      nanos += 1000000000LL;
      time->tv_sec--;
    } else if (nanos >= 1000000000LL) {
      nanos -= 1000000000LL;
      time->tv_sec++;
    }
    time->tv_nsec = (long)nanos;
  }
  return result;
}

int gettimeofday(struct timeval *restrict time, void *restrict zone) {
  struct timespec now;
  (void)zone;
  clock_gettime(CLOCK_REALTIME, &now);
  time->tv_sec = now.tv_sec;
  time->tv_usec = now.tv_nsec / 1000;
  return 0;
}

time_t time(time_t *result) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (result) {
    *result = now.tv_sec;
  }
  return now.tv_sec;
}
