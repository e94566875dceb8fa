"""`aftercare`, the program."""

import sys

from bot.cli import call
from bot.operations.garbage import collect_seldom
from bot.operations.unused import leave_out


def main() -> None:
    collect_seldom()
    leave_out()
    call(sys.argv[1:])


if __name__ == "__main__":
    main()
