"""Letting the C library give memory back that answers no longer need.

With its defaults glibc keeps a heap for each of many threads, and counts ever larger pieces as
small ones once some were freed. An answer about England makes a hundred thousand objects, so that
a process that had answered several at once kept the memory of all of them for good.
"""

import ctypes
import os
import sys
from typing import Final

HEAPS: Final = 2
"""How many there are for all threads, of which only one at a time makes objects anyway."""

SEPARATE_BYTES: Final = 128 * 1024
"""From this size on a piece is given back as soon as it is freed; where glibc begins."""

_OPTIONS: Final = {
    # By the name of the variable: the number of the parameter in malloc.h, and its value.
    "MALLOC_ARENA_MAX": (-8, HEAPS),
    "MALLOC_MMAP_THRESHOLD_": (-3, SEPARATE_BYTES),
    "MALLOC_TRIM_THRESHOLD_": (-1, SEPARATE_BYTES),
}


def give_memory_back() -> None:
    """Set the allocator of this process, and of those that it starts, where it is glibc's.

    What the operator's environment says about it stands.
    """
    if sys.platform != "linux":
        return
    set_option = getattr(ctypes.CDLL(None), "mallopt", None)
    for name, (number, value) in _OPTIONS.items():
        if set_option is not None and name not in os.environ:
            set_option(number, value)
            os.environ[name] = str(value)
