"""The manifest's fingerprints against the files, and the findings as data.

Usage: reports.py OUTPUT_FOLDER INBOX
"""

import hashlib
import json
import sys
from pathlib import Path

output, inbox = Path(sys.argv[1]), Path(sys.argv[2])


def check(holds, message):
    if not holds:
        sys.exit(message)


def fingerprint(file):
    return hashlib.sha256(file.read_bytes()).hexdigest()


def files_below(folder):
    return {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}


def manifest():
    listed = json.loads((output / "manifest.json").read_text(encoding="utf-8"))
    for each in listed["outputs"]:
        check(fingerprint(output / each["path"]) == each["sha256"], f"another fingerprint: {each['path']}")
    check({each["path"] for each in listed["inputs"]} == files_below(inbox), "the inputs are not those of the inbox")
    for each in listed["inputs"]:
        check(fingerprint(inbox / each["path"]) == each["sha256"], f"another fingerprint: {each['path']}")
    check(listed["final"] is True, "the appendix is not final")
    check(
        files_below(output / "for-committee") == {"committee-appendix.pdf", "committee-appendix.html"},
        f"for-committee holds {files_below(output / 'for-committee')}",
    )


def findings():
    report = json.loads((output / "for-officers" / "findings.json").read_text(encoding="utf-8"))
    check((report["year"], report["to"]) == ("2022-23", "2023-03"), "another period")
    check(len(report["workbooks"]) == 18, f"{len(report['workbooks'])} workbooks")
    required = [one for one in report["not_run"] if one["required"]]
    check(required == [], f"not run: {required}")
    (error,) = [finding for finding in report["findings"] if finding["severity"] == "error"]
    place = (error["workbook"], error["sheet"], error["cell"])
    check(place == ("funding/SWCSP funding 2022-23.xlsx", "PCC funding", "D15"), f"the error is at {place}")
    check("£6,000.00" in error["message"], error["message"])
    check(error["explained"] is not None, "the error is not explained")


manifest()
findings()
