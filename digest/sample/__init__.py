"""The fictional day that `digest demo` serves over loopback."""
