"""`python -m citekit.cli`: the command where its script is not on the path."""

import sys

from citekit.cli import main

sys.exit(main())
