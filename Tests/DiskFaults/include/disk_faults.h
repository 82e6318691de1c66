// Nothing is called by name: the library is loaded before the C library (LD_PRELOAD) of a program
// under test, and makes calls fail as a broken disk does. See disk_faults.c.
