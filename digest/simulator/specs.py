"""A provider's own OpenAPI files -> a check of every request against them.

openapi-core and PyYAML are for development: they are imported when a folder of specifications is named.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from digest.errors import UsageError
from digest.simulator.dialect import Spec
from digest.simulator.exchange import Refused, Request


def validator(folder: Path, specs: Sequence[Spec]) -> Callable[[Request], None]:
    """What raises Refused for a request that the file which knows its path does not allow.

    Paths that no file knows pass: the provider answers them as it likes.

    Raises:
        UsageError: when a file is not there, or the libraries are not.

    """
    try:
        import openapi_core  # noqa: F401 - is it there?
        import yaml  # noqa: F401 - is it there?
    except ImportError as error:
        raise UsageError(
            f"--specs {folder} needs {error.name}, which is not installed",
            mend="install the development requirements (`make test` does), or leave --specs out.",
        ) from error
    checks = [_check(folder / spec.file, spec.server) for spec in specs]

    def validate(request: Request) -> None:
        for check in checks:
            if check(request):
                return

    return validate


@dataclass(slots=True, kw_only=True)  # not frozen: openapi-core writes the parameters of the path into it
class _Read:
    """A request as openapi-core wants it (`openapi_core.protocols.Request`)."""

    host_url: str
    path: str
    method: str
    body: bytes | None
    content_type: str
    parameters: Any


def _read(request: Request, host: str) -> _Read:
    from openapi_core.datatypes import RequestParameters
    from werkzeug.datastructures import Headers, ImmutableMultiDict

    query = parse_qsl(request.query, keep_blank_values=True)
    return _Read(
        host_url=host,
        path=request.path,
        method=request.method.lower(),
        body=request.body or None,
        content_type=request.headers.get("content-type", ""),
        parameters=RequestParameters(query=ImmutableMultiDict(query), header=Headers(dict(request.headers))),
    )


def _check(path: Path, server: str) -> Callable[[Request], bool]:
    """A function that says whether this file knows the request's path; it raises Refused for a wrong one."""
    from openapi_core import Config, OpenAPI
    from openapi_core.exceptions import OpenAPIError
    from openapi_core.templating.paths.exceptions import PathError

    given = dict(_loaded(path)) | {"servers": [{"url": server}]}
    # Some of the providers' own files are not valid as files, and yet describe their requests well.
    known = OpenAPI.from_dict(given, config=Config(spec_validator_cls=None))
    host = "{0.scheme}://{0.netloc}".format(urlsplit(server))

    def check(request: Request) -> bool:
        try:
            known.validate_request(_read(request, host))
        except PathError:
            return False
        except OpenAPIError as error:
            raise Refused(f"not as {path.name} has it: {_why(error)}") from error
        return True

    return check


def _why(error: BaseException) -> str:
    """The schema's own words on what is wrong where."""
    inner = error
    while inner.__cause__ is not None and not getattr(inner, "schema_errors", None):
        inner = inner.__cause__
    found = getattr(inner, "schema_errors", None)
    if not found:
        return str(inner).split("\n", 1)[0]
    return "; ".join(f"{each.json_path}: {str(each.message)[:200]}" for each in found)


def _loaded(path: Path) -> Mapping[str, Any]:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}", mend="name the folder that holds the specifications.") from error
    read: dict[str, Any] = json.loads(text) if path.suffix == ".json" else _yaml(text)
    return read


def _yaml(text: str) -> Any:
    """YAML without dates (one provider's file has an impossible one), keys as text: responses may be numbers."""
    import yaml

    base = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    resolvers = {
        first: [(tag, pattern) for tag, pattern in given if tag != "tag:yaml.org,2002:timestamp"]
        for first, given in base.yaml_implicit_resolvers.items()
    }
    loader = type("Loader", (base,), {"yaml_implicit_resolvers": resolvers})
    return _named(yaml.load(text, Loader=loader))  # noqa: S506 - it is a safe loader with fewer types


def _named(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(name): _named(each) for name, each in value.items()}
    return [_named(each) for each in value] if isinstance(value, list) else value
