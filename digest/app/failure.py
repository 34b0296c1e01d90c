"""A run that ends in an error of its own -> somebody is told, even when the database cannot be used."""

from collections.abc import Iterator
from contextlib import contextmanager

from digest.app.app import notifier
from digest.config.load import Settings
from digest.errors import DigestError, UsageError
from digest.model.mail import Alert
from digest.ports.world import Clock


@contextmanager
def ringing(settings: Settings, *, clock: Clock) -> Iterator[None]:
    """Tell of any error that leaves the context, then let it go on; what rings here rings at every tick that fails.

    The alerts' own memory lies in the database, which may be the very thing that is broken.
    """
    try:
        yield
    except UsageError:  # a slip of the hand: whoever typed it reads it at once
        raise
    except Exception as error:
        said = error if isinstance(error, DigestError | OSError) else f"{type(error).__name__} (the log has more)"
        message = f"digest run failed: {said}"
        trouble = notifier(settings).notify(Alert(key="run failed", kind="failure", message=message, at=clock()))
        if trouble:
            error.add_note(f"Nobody could be told of it: {trouble}")
        raise
