/* A disk that fails when it is told to: loaded before a program (LD_PRELOAD), compiled by faulty-disk.ts where there is a compiler.
 * FAULTY_FOLDER names the files that it is about; the first byte of FAULTY_CONTROL tells what fails:
 * '0' nothing, 's' fsync and fdatasync, 'w' writes, 'f' whatever needs room.
 * It also watches that no "HTTP/1.1 200" leaves while a write-ahead log (-wal) has bytes whose flush was not even tried:
 * the 64-bit numbers at 8 and 16 of the control file count the answers, and those that left too early. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define MAX_FD 4096
static volatile char *control;
static const char *folder;
static char unflushed[MAX_FD];
static int unflushed_count;

__attribute__((constructor)) static void load(void) {
  const char *file = getenv("FAULTY_CONTROL");
  folder = getenv("FAULTY_FOLDER");
  int fd = file ? open(file, O_RDWR) : -1;
  if (fd < 0) return;
  void *memory = mmap(0, 64, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (memory != MAP_FAILED) control = memory;
  close(fd);
}

static int place(int fd, char *path) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, PATH_MAX - 1);
  if (length <= 0) return 0;
  path[length] = 0;
  return folder && strncmp(path, folder, strlen(folder)) == 0;
}

static int failing(int fd, const char *kinds, int code) {
  char path[PATH_MAX];
  if (!control || !strchr(kinds, control[0]) || control[0] == '0' || !place(fd, path)) return 0;
  errno = code;
  return 1;
}

static int refuses(int fd) { return failing(fd, "w", EIO) || failing(fd, "f", ENOSPC); }

static void written(int fd) {
  char path[PATH_MAX];
  if (!control || fd < 0 || fd >= MAX_FD || unflushed[fd] || !place(fd, path)) return;
  size_t length = strlen(path);
  if (length < 4 || strcmp(path + length - 4, "-wal") != 0) return;
  unflushed[fd] = 1;
  unflushed_count++;
}

static void flushed(int fd) {
  if (fd < 0 || fd >= MAX_FD || !unflushed[fd]) return;
  unflushed[fd] = 0;
  unflushed_count--;
}

static void answered(const void *bytes, size_t length) {
  if (!control || length < 12 || memcmp(bytes, "HTTP/1.1 200", 12) != 0) return;
  __atomic_add_fetch((unsigned long long *)(control + 8), 1, __ATOMIC_SEQ_CST);
  if (unflushed_count > 0) __atomic_add_fetch((unsigned long long *)(control + 16), 1, __ATOMIC_SEQ_CST);
}

#define REAL(type, name, ...) \
  static type (*real)(__VA_ARGS__); \
  if (!real) real = (type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name)

#define FLUSH(name) \
  int name(int fd) { \
    REAL(int, name, int); \
    /* Here and below: a program that was told of the failure knows that these bytes are not safe. */ \
    if (failing(fd, "sw", EIO)) return flushed(fd), -1; \
    int result = real(fd); \
    if (result == 0) flushed(fd); \
    return result; \
  }
FLUSH(fsync)
FLUSH(fdatasync)

#define PWRITE(name, offset_type) \
  ssize_t name(int fd, const void *bytes, size_t length, offset_type offset) { \
    REAL(ssize_t, name, int, const void *, size_t, offset_type); \
    ssize_t result = refuses(fd) ? -1 : real(fd, bytes, length, offset); \
    if (result > 0) written(fd); \
    else flushed(fd); \
    return result; \
  }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

#define PWRITEV(name, offset_type) \
  ssize_t name(int fd, const struct iovec *parts, int count, offset_type offset) { \
    REAL(ssize_t, name, int, const struct iovec *, int, offset_type); \
    return refuses(fd) ? -1 : real(fd, parts, count, offset); \
  }
PWRITEV(pwritev, off_t)
PWRITEV(pwritev64, off64_t)

ssize_t write(int fd, const void *bytes, size_t length) {
  REAL(ssize_t, write, int, const void *, size_t);
  if (refuses(fd)) return -1;
  answered(bytes, length);
  return real(fd, bytes, length);
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
  REAL(ssize_t, writev, int, const struct iovec *, int);
  if (refuses(fd)) return -1;
  if (count > 0) answered(parts[0].iov_base, parts[0].iov_len);
  return real(fd, parts, count);
}

#define FALLOCATE(name, offset_type) \
  int name(int fd, offset_type offset, offset_type length) { \
    REAL(int, name, int, offset_type, offset_type); \
    return failing(fd, "f", ENOSPC) ? ENOSPC : real(fd, offset, length); \
  }
FALLOCATE(posix_fallocate, off_t)
FALLOCATE(posix_fallocate64, off64_t)
