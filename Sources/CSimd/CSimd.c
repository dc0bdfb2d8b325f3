#include "CSimd.h"

#include <pthread.h>
#include <stdlib.h>

static pthread_once_t level_once = PTHREAD_ONCE_INIT;
static int level;
static int level_problem = csimd_level_is_fine;

static void read_level(void) {
  level = csimd_best_level();
  const char *word = getenv("KELVIN_SIMD");
  if (word == NULL || *word == 0) return;
  int wanted;
  if (strcmp(word, "portable") == 0) {
    wanted = csimd_portable;
  } else if (strcmp(word, "avx2") == 0) {
    wanted = csimd_avx2;
  } else if (strcmp(word, "avx512") == 0) {
    wanted = csimd_avx512;
  } else {
    level_problem = csimd_level_is_unknown;
    return;
  }
  if (wanted > level) {
    level_problem = csimd_level_is_lacking;
  } else {
    level = wanted;
  }
}

int csimd_level(void) {
  pthread_once(&level_once, read_level);
  return level;
}

int csimd_level_problem(void) {
  pthread_once(&level_once, read_level);
  return level_problem;
}
