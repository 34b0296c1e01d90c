"""One family of errors: what failed, on which input, and how to mend it.

The docstring of each class is the first half of its message, so that the reader of a log and
the reader of the code meet the same words. `retry_helps` says whether trying again unchanged
can succeed.
"""


class DigestError(Exception):
    """Something went wrong."""

    exit_code = 5
    retry_helps = False

    def __init__(self, detail: str, *, mend: str = "") -> None:
        """`detail` names the input that failed; `mend` says what to do about it."""
        self.detail = detail
        self.mend = mend
        super().__init__(detail)

    def __str__(self) -> str:
        """Render «what failed: on which input. Mend: what to do»."""
        what = (type(self).__doc__ or "").strip().removesuffix(".")
        is_whole = "\n" in self.detail or self.detail.rstrip().endswith((".", "!", "?"))
        said = self.detail if is_whole else f"{self.detail}."
        return f"{what}: {said}" + (f" Mend: {self.mend}" if self.mend else "")


class ConfigError(DigestError):
    """The configuration cannot be used."""

    exit_code = 2


class UsageError(DigestError):
    """The command cannot be carried out as given."""

    exit_code = 2


class SourceListError(DigestError):
    """The list of sources cannot be read."""

    exit_code = 2


class RowsUnreadable(DigestError):
    """The rows cannot be read."""

    exit_code = 2


class Unreachable(DigestError):
    """The address does not answer as it should."""

    retry_helps = True


class FeedUnreadable(DigestError):
    """The feed cannot be read."""


class StoreError(DigestError):
    """The database cannot be used."""


class SchemaOutdated(StoreError):
    """The database has another schema than this version of digest."""

    exit_code = 2


class StoreBusy(StoreError):
    """The database is locked by another program."""

    retry_helps = True


class LexiconError(DigestError):
    """The lexicon cannot be used."""

    exit_code = 2


class TemplateError(DigestError):
    """A template cannot be rendered."""


class EditionRefused(DigestError):
    """The edition cannot go on."""

    exit_code = 3


class ChecksFailed(EditionRefused):
    """The edition fails its checks."""


class Overtaken(EditionRefused):
    """Somebody else was faster."""


class ProviderMisused(DigestError):
    """The provider cannot do what was asked."""


class ScriptError(DigestError):
    """The simulator's script cannot be used."""

    exit_code = 2


class PictureFailed(DigestError):
    """The picture cannot be taken."""


class Unproven(DigestError):
    """The message is not proven to be the provider's."""


class InvalidToken(DigestError):
    """The link is not one of ours."""
