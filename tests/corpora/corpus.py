"""A file of shared/data/corpora -> its records, in memory only."""

import base64
import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One payload: as text where it is text, and always as bytes; `encoding` is its Content-Encoding."""

    id: str
    text: str
    body: bytes
    encoding: str = ""


def read(file: Path) -> tuple[Record, ...]:
    """Every record of one corpus."""
    return tuple(_record(json.loads(line)) for line in file.read_text(encoding="utf-8").splitlines())


def _record(row: dict[str, str | dict[str, str]]) -> Record:
    text = str(row.get("text", ""))
    body = base64.b64decode(str(row["b64"])) if "b64" in row else text.encode("utf-8", "surrogatepass")
    headers = row.get("headers")
    encoding = headers.get("Content-Encoding", "") if isinstance(headers, dict) else ""
    return Record(id=str(row["id"]), text=text, body=body, encoding=encoding)
