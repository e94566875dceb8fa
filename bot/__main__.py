"""`aftercare`, the program."""

import sys

from bot.cli import call
from bot.operations.garbage import collect_seldom


def main() -> None:
    collect_seldom()
    call(sys.argv[1:])


if __name__ == "__main__":
    main()
