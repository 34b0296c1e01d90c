"""`make bench`: ours and its peers, measured in turn as whole processes, in one run (docs/performance.md).

Options go through make: `make bench BENCH="--rounds 9 --json figures.json"`.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path

from tests.bench.cases import CASES, Bench
from tests.bench.report import as_json, machine, table
from tests.bench.server import running


def main() -> int:
    """Measure the cases asked for and print the table; goals that are missed are shown, never an error."""
    options = argparse.ArgumentParser(prog="make bench", description=__doc__)
    options.add_argument("--json", type=Path, metavar="FILE", help="write every figure of every round here")
    options.add_argument("--rounds", type=_rounds, default=5, help="rounds that count; one more warms up (default: 5)")
    options.add_argument("--only", choices=CASES, action="append", help="measure this case only; may be repeated")
    asked = options.parse_args()
    if sys.platform != "linux":
        sys.stderr.write("The bench needs Linux: it counts the CPU and memory of whole families of processes.\n")
        return 2
    rows = []
    with tempfile.TemporaryDirectory(prefix="digest-bench-") as name, running() as world:
        for case in asked.only or CASES:
            sys.stderr.write(f"measuring {case} …\n")
            folder = Path(name) / case
            folder.mkdir()
            rows += CASES[case](Bench(folder=folder, world=world, rounds=asked.rounds))
    measured_on = machine()
    sys.stdout.write("\n".join(f"{what:<10} {value}" for what, value in measured_on.items()) + f"\n\n{table(rows)}\n")
    if asked.json:
        asked.json.write_text(json.dumps(as_json(rows, measured_on), indent=1, ensure_ascii=False), encoding="utf-8")
    return 0


def _rounds(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least one round")
    return number


if __name__ == "__main__":
    sys.exit(main())
