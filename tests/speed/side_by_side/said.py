"""What each peer says at its end, for side_by_side.py to read."""

import json


def say(versions, found, read, whole):
    """Its versions, the rows of the sheet at which it found each fault, and the seconds of reading and of all."""
    rows = {code: sorted(rows) for code, rows in found.items()}
    print(json.dumps({"versions": versions, "found": rows, "read": read, "whole": whole}))
