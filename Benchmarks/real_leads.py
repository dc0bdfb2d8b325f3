"""Real sets of leads: where they lie in the data folder, what their outcome is, which columns leak.

Nothing of the sets is in the project; their licences differ.
"""

import dataclasses
import gzip
import hashlib
import io
import pathlib
from collections.abc import Iterator

import numpy as np
import pandas as pd

# The level that stands for empty cells of a category.
MISSING = "(missing)"

ADULT = (
    "age,workclass,fnlwgt,education,education_num,marital_status,occupation,relationship,race,sex,"
    "capital_gain,capital_loss,hours_per_week,native_country,income"
)

# Filled in after the outcome.
XEDUCATION_LEAKS = [
    "Tags", "Lead Quality", "Lead Profile", "Last Activity", "Last Notable Activity",
    "Asymmetrique Activity Index", "Asymmetrique Profile Index",
    "Asymmetrique Activity Score", "Asymmetrique Profile Score",
]  # fmt: skip


@dataclasses.dataclass(frozen=True)
class LeadSet:
    """One file, and what a user would say about it."""

    file: str
    target: str
    won: str
    lost: str | None = None
    separator: str = ","
    # Where the file has none.
    header: str | None = None
    # Ids, and columns that are filled in after the outcome.
    drop: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()

    def load(self, folder: pathlib.Path) -> pd.DataFrame:
        """All cells of the closed leads as text, as Kelvin sees them."""
        raw = (folder / self.file).read_bytes()
        text = (gzip.decompress(raw) if self.file.endswith(".gz") else raw).decode("utf-8")
        if self.header is not None:
            text = self.header + "\n" + text
        frame = pd.read_csv(
            io.StringIO(text), sep=self.separator, dtype=str, keep_default_na=False,
            skipinitialspace=True,
        )  # fmt: skip
        frame = frame.loc[:, [c for c in frame.columns if c and not c.startswith("Unnamed")]]
        if self.lost is not None:
            closed = frame[self.target].isin([self.won, self.lost])
            frame = frame[closed].reset_index(drop=True)
        return frame

    def labels(self, frame: pd.DataFrame) -> np.ndarray:
        return (frame[self.target].str.strip() == self.won).to_numpy().astype(int)

    def typed(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The same cells as a data scientist would read them: numbers with NaN, dates as days,
        categories as text with a level of its own for missing."""
        missing = {"", *self.missing}
        result = {}
        for name in frame.columns:
            if name == self.target or name in self.drop:
                continue
            cells = frame[name].str.strip()
            cells = cells.where(~cells.isin(missing))
            if name in self.dates:
                days = pd.to_datetime(cells).map(lambda d: d.toordinal(), na_action="ignore")
                result[name] = days.astype(float)
                continue
            numbers = pd.to_numeric(cells, errors="coerce")
            if numbers.notna().sum() == cells.notna().sum():
                result[name] = numbers.astype(float)
            else:
                result[name] = cells.fillna(MISSING).astype(object)
        return pd.DataFrame(result)

    def digest(self, frame: pd.DataFrame) -> str:
        """Tells caches of other rows, or of the same rows read otherwise, apart."""
        rows = pd.util.hash_pandas_object(frame, index=False).to_numpy().tobytes()
        return hashlib.sha256(rows + repr(self).encode()).hexdigest()[:12]


SETS = {
    "xeducation": LeadSet(
        "xeducation_leads.csv", "Converted", "1",
        drop=("Prospect ID", "Lead Number", *XEDUCATION_LEAKS), missing=("Select",),
    ),
    "bank": LeadSet(
        "bank_full.csv", "y", "yes", separator=";", drop=("duration",), missing=("unknown",)
    ),
    "telco": LeadSet("telco_churn.csv", "Churn", "Yes", drop=("customerID",)),
    "shoppers": LeadSet("online_shoppers.csv", "Revenue", "TRUE"),
    "adult": LeadSet("adult.csv.gz", "income", ">50K", header=ADULT, missing=("?",)),
    "maven": LeadSet(
        "maven_crm/sales_pipeline.csv", "deal_stage", "Won", lost="Lost",
        drop=("opportunity_id", "close_date", "close_value"), dates=("engage_date",),
    ),
}  # fmt: skip


def cuts(rows: int, count: int) -> Iterator[tuple[int, np.ndarray, np.ndarray]]:
    """Seeded cuts: number, rows to fit (75%), rows to judge (25%)."""
    for cut in range(count):
        order = np.random.default_rng(cut).permutation(rows)
        yield cut, order[rows // 4 :], order[: rows // 4]
