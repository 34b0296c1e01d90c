"""`digest` and `python -m digest`."""

import sys


def main() -> None:
    """Run the command line and exit with its code (README, «Exit codes»)."""
    from digest.cli.main import run

    sys.exit(run())


if __name__ == "__main__":
    main()
