"""What schemathesis cannot know: which things there are, and that each caller comes from a network of their own."""

import itertools
import json
import os
import re
import zlib

import schemathesis

KNOWN = json.load(open(os.environ["OMBUD_FUZZ_THINGS"]))
ID = re.compile(r"([a-z]{3})_[0-9a-v]{26}")
numbers = itertools.count()


def named(value):
    """An id that was made up becomes one of something that is there, three times out of four; the same each time."""
    if isinstance(value, dict):
        return {name: named(part) for name, part in value.items()}
    if isinstance(value, list):
        return [named(part) for part in value]
    made_up = ID.fullmatch(value) if isinstance(value, str) else None
    ids = KNOWN["things"].get(made_up[1]) if made_up else None
    dice = zlib.crc32(value.encode()) if ids else 0
    return ids[dice // 4 % len(ids)] if ids and dice % 4 else value


@schemathesis.hook
def map_path_parameters(context, path_parameters):
    return named(path_parameters)


@schemathesis.hook
def map_query(context, query):
    return named(query)


@schemathesis.hook
def map_body(context, body):
    return named(body)


@schemathesis.hook
def before_call(context, case, kwargs):
    number = next(numbers)
    case.headers = {**(case.headers or {}), "X-Forwarded-For": f"198.18.{number >> 8 & 255}.{number & 255}"}
