"""The machine's browser, as the camera that the use cases know."""

from digest.ports.world import Camera


def camera() -> Camera:
    """Return the camera of this machine; whether there is a browser shows when the first picture is taken."""
    from digest.adapters.chromium import ChromiumCamera

    return ChromiumCamera()
