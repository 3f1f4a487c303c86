"""Prints what the requests of a role carry, a header a line."""

import json
import os
import sys

for name, value in json.load(open(os.environ["OMBUD_FUZZ_THINGS"]))["ways"][sys.argv[1]].items():
    print(f"{name}: {value}")
