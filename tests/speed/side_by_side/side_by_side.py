"""Runs crosscast and what a user would otherwise use over the same ledger, and prints a table: time, memory, what was found."""

import argparse
import json
import re
import resource
import subprocess
import sys
import time
from pathlib import Path

from planted import PLANTED, planted_rows

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[2]
PEERS = {
    "polars with fastexcel": "with_polars.py",
    "pandas with pandera": "with_pandera.py",
    "frictionless": "with_frictionless.py",
}
# A peer that checks for longer than this many times its reading is not written as a good user would write it.
MOST_CHECKING = 2


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    data = REPOSITORY / "target/tmp/speed/50000 rows"
    parser.add_argument("folder", nargs="?", type=Path, default=data, help="holds inbox and pack [%(default)s]")
    parser.add_argument("--crosscast", type=Path, default=REPOSITORY / "target/release/crosscast", help="[%(default)s]")
    parser.add_argument("--runs", type=int, default=3, help="the fastest of so many runs is told [%(default)s]")
    parser.add_argument("--without", action="append", default=[], metavar="PEER", help="leaves one out: " + ", ".join(PEERS))
    return parser.parse_args()


def main():
    given = arguments()
    inbox, pack = given.folder / "inbox", given.folder / "pack"
    crosscast = [str(given.crosscast), "check", str(inbox), "--schemas", str(pack), "--format", "json"]
    limits = ["--limit", "seconds=600", "--limit", "memory=8GB"]
    taken = measured([*crosscast, *limits], given.runs)
    report = json.loads(taken.pop("said"))
    rows = rows_of(report)
    planted = planted_rows(rows)
    version = subprocess.run([given.crosscast, "--version"], capture_output=True, text=True).stdout.strip()
    results = {"crosscast": {**taken, "versions": version, "found": found_in(report, planted)}}
    for name, script in PEERS.items():
        if name not in given.without:
            results[name] = of_peer(name, measured([sys.executable, str(HERE / script), str(inbox)], given.runs))
    print(table(rows, planted, results))


def rows_of(report):
    """The entries of the ledger, as crosscast counts them."""
    tables = [table for workbook in report["workbooks"] for table in workbook["tables"]]
    return sum(table["rows"] for table in tables if table["name"] == "ledger")


def measured(command, runs):
    """The fastest of some runs, each in a process of its own that tells what its child took."""
    each = []
    for _ in range(runs):
        ended = subprocess.run([sys.executable, __file__, "--measure", *command], capture_output=True, text=True)
        if ended.returncode != 0:
            sys.exit(f"{command} failed:\n{ended.stdout[-2000:]}{ended.stderr[-4000:]}")
        each.append(json.loads(ended.stdout))
    return min(each, key=lambda taken: taken["cpu"])


def measure(command):
    begin = time.perf_counter()
    ended = subprocess.run(command, capture_output=True, text=True, cwd=HERE)
    wall = time.perf_counter() - begin
    # Crosscast ends with 1 when there are errors in the data.
    if ended.returncode not in (0, 1):
        sys.exit(f"{ended.returncode}: {ended.stderr}")
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    # In kilobytes on Linux, in bytes on the Mac.
    unit = 1024 if sys.platform != "darwin" else 1
    taken = {"wall": wall, "cpu": usage.ru_utime + usage.ru_stime, "peak": usage.ru_maxrss * unit, "said": ended.stdout}
    if not ended.stdout:
        sys.exit(ended.stderr)
    print(json.dumps(taken))


def of_peer(name, taken):
    said = json.loads(taken.pop("said"))
    reading, checking = said["read"], said["whole"] - said["read"]
    if checking > MOST_CHECKING * reading:
        print(f"WARNING: {name} read for {reading:.2f} s and checked for {checking:.2f} s.", file=sys.stderr)
    return {**taken, "versions": said["versions"], "found": {code: set(rows) for code, rows in said["found"].items()}}


def found_in(report, planted):
    """The rows of crosscast's errors. Those of one kind in a column are told together: `50 cells of E39:E49039`."""
    found = {}
    for finding in report["findings"]:
        if finding["severity"] == "warning":
            continue
        rows = found.setdefault(finding["code"], set())
        for cell in finding["cell"].split(", "):
            first, last = (int(re.sub(r"\D", "", end)) for end in (cell.split(":") * 2)[:2])
            if first == last:
                rows.add(first)
                continue
            count = int(re.search(r"([\d,]+) cells of", finding["message"])[1].replace(",", ""))
            # Which rows lie between its ends is not told here: they are taken for the planted ones when the ends and the
            # count agree with those, and else for none of them.
            meant = {row for row in planted.get(finding["code"], ()) if first <= row <= last}
            agrees = len(meant) == count and {first, last} <= meant
            rows.update(meant if agrees else {f"{cell} {other}" for other in range(count)})
    return found


def table(rows, planted, results):
    lines = [f"A ledger of {rows:,} rows by 12 columns, in which each kind of fault is planted once in each thousand rows.", ""]
    lines.append("| | " + " | ".join(results) + " |")
    lines.append("|---|" + "---:|" * len(results))

    def line(what, of):
        lines.append(f"| {what} | " + " | ".join(of(result) for result in results.values()) + " |")

    base = results["crosscast"]
    line("Time, wall", lambda result: f"{result['wall']:.2f} s")
    line("Time, processor", lambda result: f"{result['cpu']:.2f} s")
    line("Of crosscast's", lambda result: f"{result['cpu'] / base['cpu']:.2f}")
    line("Peak memory of a process", lambda result: f"{result['peak'] / 2**20:.0f} MiB")
    for code in PLANTED:
        line(f"`{code}`", lambda result, code=code: f"{len(result['found'].get(code, set()) & planted[code])} of {len(planted[code])}")
    line("Reported, not planted", lambda result: f"{wrong(result['found'], planted)}")
    lines.append("")
    lines.extend(f"- {name}: {result['versions']}" for name, result in results.items())
    for name, result in results.items():
        others = {code: len(rows - planted.get(code, set())) for code, rows in result["found"].items()}
        others = ", ".join(f"{count} {code}" for code, count in sorted(others.items()) if count)
        if others:
            lines.append(f"- Not planted, of {name}: {others}")
    return "\n".join(lines)


def wrong(found, planted):
    return sum(len(rows - planted.get(code, set())) for code, rows in found.items())


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        measure(sys.argv[2:])
    else:
        main()
