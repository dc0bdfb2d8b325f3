// OpenBLAS with its thread controls, and LAPACKE's C prototypes.
// Debian installs both headers; libopenblas carries the routines, liblapacke their C wrappers.
#pragma once
#include <cblas.h>
#include <lapacke.h>
