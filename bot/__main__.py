"""`aftercare`, the program."""

import sys

from bot.cli import call


def main() -> None:
    call(sys.argv[1:])


if __name__ == "__main__":
    main()
