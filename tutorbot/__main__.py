"""`python -m tutorbot` is the command `tutorbot`."""

import sys

from tutorbot.cli import main

sys.exit(main())
