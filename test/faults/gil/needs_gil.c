/* An extension that does not say it can do without the lock: a free-threaded build turns the lock back on for it. */
#include <Python.h>

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "needs_gil", NULL, 0, NULL};

PyMODINIT_FUNC PyInit_needs_gil(void) { return PyModuleDef_Init(&module); }
