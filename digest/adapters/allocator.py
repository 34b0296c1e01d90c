"""The C library's memory, which threads share or keep to themselves."""

import ctypes

_M_ARENA_MAX = -8
"""glibc's malloc.h; mallopt(3)."""


def share_memory(*, arenas: int = 2) -> bool:
    """Let all threads begun from now on take their memory from so many arenas; False where the C library has no such.

    glibc gives every thread its own, up to eight for each core, and each keeps what its largest call left behind: with
    24 connections that was a sixth of the process.
    """
    try:
        set_option = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):  # another C library, or Windows, where there is no «this program»
        return False
    return bool(set_option(_M_ARENA_MAX, arenas))
