"""coverage.json -> fails where a room that has to be covered by branch is not, or the whole falls under its floor."""

import json
import sys
from pathlib import Path

WHOLE_ROOMS = ("collect", "group", "rank", "edit", "render", "deliver", "schedule.py", "text", "lexicon", "pipeline")
"""Stages, text, lexicon and pipeline: every line and branch."""

FLOOR = 95.0


def main(path: Path) -> int:
    """Print what is missing; return 1 when anything is."""
    report = json.loads(path.read_text(encoding="utf-8"))
    missing = [
        f"{name}: lines {file['missing_lines']}, branches {file['missing_branches']}"
        for name, file in sorted(report["files"].items())
        if Path(name).parts[1] in WHOLE_ROOMS and file["summary"]["percent_covered"] < 100
    ]
    total = report["totals"]["percent_covered"]
    if total < FLOOR:
        missing.append(f"the whole: {total:.1f} % of lines and branches, {FLOOR} % are needed")
    if missing:
        sys.stderr.write("Not covered:\n  " + "\n  ".join(missing) + "\n")
        return 1
    sys.stdout.write(f"Covered: {total:.1f} % of lines and branches; stages, text, lexicon and pipeline 100 %.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
