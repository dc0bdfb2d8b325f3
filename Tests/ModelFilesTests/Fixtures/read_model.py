"""Reads a Kelvin model file and scores a CSV with it, from Docs/ModelFormat.md alone.

Usage: python3 read_model.py MODEL.kelvin LEADS.csv [POINTS | --account ROWS]

Prints one line a lead: log-odds and probability, in digits that mean the double exactly; given POINTS,
also the probability of the model together with rules that give each lead so many; with --account a last
line with the probability that one of the leads at ROWS (1,7,9; the first is 1) converts, were they those of
one account. Needs
Python 3.8 or later and its standard library only. Reads CSV in UTF-8 with plain numbers (1234.5),
ISO dates and yes/no; other spellings are a matter of reading tables, not of models.
"""
import csv
import datetime
import hashlib
import json
import math
import statistics
import struct
import sys
import unicodedata

MAGIC = b"\x89KLV\r\n\x1a\n"
KNOWN = {"coefficients", "standard_errors", "bin_thresholds", "level_offsets", "level_bytes",
         "rare_level_hashes", "score_quantiles", "fingerprints", "recipe",
         "level_bins", "rate_levels", "rates", "tree_offsets", "node_kinds", "node_values",
         "node_weights", "split_features", "split_bins", "split_children", "split_gains", "bin_sets",
         "curve_features", "curve_values", "curve_weights", "surface_features", "surface_cells",
         "surface_values", "surface_weights", "blend_weights", "tree_bin_thresholds", "tree_level_offsets", "tree_level_bytes",
         "tree_rare_level_hashes", "calibration", "novelty"}
MISSING = math.nan


def aligned(length):
    return (length + 63) // 64 * 64


def read_file(path):
    """The header's `model` and the sections by name, each a list or bytes."""
    data = open(path, "rb").read()
    body, digest = data[:-32], data[-32:]
    if data[:8] != MAGIC:
        raise SystemExit("not a model file")
    if hashlib.sha256(body).digest() != digest:
        raise SystemExit("the file is cut or damaged")
    major, minor, header_length = struct.unpack_from("<HHI", body, 8)
    if major != 1:
        raise SystemExit(f"format {major}.{minor} is not known")
    header = json.loads(body[16:16 + header_length].decode("utf-8"))
    start = aligned(16 + header_length)
    sections = {}
    for entry in header["sections"]:
        if entry["critical"] and entry["name"] not in KNOWN:
            raise SystemExit(f"section {entry['name']} is not known")
        place = start + entry["offset"]
        content = body[place:place + entry["length"]]
        letter = {"f64": "d", "u64": "Q", "u32": "I"}.get(entry["kind"])
        sections[entry["name"]] = (
            list(struct.unpack(f"<{entry['count']}{letter}", content)) if letter else content)
    return header["model"], sections


def fnv1a(text):
    value = 0xCBF29CE484222325
    for byte in text.encode("utf-8"):
        value = ((value ^ byte) * 0x100000001B3) % 2**64
    return value


def signed_log(value):
    return -math.log1p(-value) if value < 0 else math.log1p(value)


class Arrays:
    """Hands out the shared array sections in encoder order."""

    def __init__(self, sections, prefix=""):
        self.thresholds = iter(sections[prefix + "bin_thresholds"])
        self.hashes = iter(sections[prefix + "rare_level_hashes"])
        offsets, text = sections[prefix + "level_offsets"], sections[prefix + "level_bytes"]
        self.levels = (text[a:b].decode("utf-8") for a, b in zip(offsets, offsets[1:]))
        self.level_bins = iter(sections.get("level_bins", []))
        self.rate_levels = iter(sections.get("rate_levels", []))
        self.rates = iter(sections.get("rates", []))

    @staticmethod
    def take(count, values):
        return [next(values) for _ in range(count)]


class NumberFeature:
    def __init__(self, encoder, arrays):
        self.encoder = encoder
        self.thresholds = arrays.take(encoder["binThresholds"], arrays.thresholds)
        self.bins = len(self.thresholds) + 1 if self.thresholds else 0
        self.level_count = self.bins + (1 if encoder["hasMissing"] else 0)

    def encode(self, row):
        """The numbers of a row, and the code of its group (None without a group)."""
        encoder = self.encoder
        if "column" in encoder:
            value = row[encoder["column"]]
        else:
            value = (row[encoder["later"]] - row[encoder["earlier"]]) / 86400
        if not math.isfinite(value):
            numbers = [0.0, 0.0] if "signedLog" in encoder else [0.0]
            return numbers, self.bins if self.level_count else None
        clamped = min(max(value, encoder["minimum"]), encoder["maximum"])
        numbers = [(clamped - encoder["value"]["center"]) / encoder["value"]["scale"]]
        if "signedLog" in encoder:
            scale = encoder["signedLog"]
            numbers.append((signed_log(clamped) - scale["center"]) / scale["scale"])
        if not self.level_count:
            return numbers, None
        if not self.bins:
            return numbers, self.level_count
        return numbers, sum(threshold <= value for threshold in self.thresholds)


class CategoryFeature:
    def __init__(self, encoder, arrays):
        self.encoder = encoder
        levels = arrays.take(encoder["levels"], arrays.levels)
        self.codes = {unicodedata.normalize("NFC", level): i for i, level in enumerate(levels)}
        self.rare = set(arrays.take(encoder["rareLevels"], arrays.hashes))
        pool = 1 if self.rare else 0
        self.level_count = len(levels) + pool + (1 if encoder["hasMissing"] else 0)
        self.pool = len(levels) if pool else self.level_count
        self.missing = len(levels) + pool if encoder["hasMissing"] else self.level_count

    def encode(self, row):
        level = row[self.encoder["column"]]
        if level is None:
            return [], self.missing
        return [], self.codes.get(unicodedata.normalize("NFC", level), self.pool)

    def is_unseen(self, level):
        return (unicodedata.normalize("NFC", level) not in self.codes
                and fnv1a(level) not in self.rare)


def calendar_level(seconds, part):
    days = math.floor(seconds / 86400)
    if part == "weekday":
        return (days + 3) % 7
    if part == "hour":
        return math.floor((seconds - days * 86400) / 3600)
    date = datetime.date(1970, 1, 1) + datetime.timedelta(days)
    return (date.month if part == "month" else date.day) - 1


class FlagFeature:
    def __init__(self, encoder, arrays):
        self.encoder = encoder
        self.level_count = 2 + (1 if encoder["hasMissing"] else 0)

    def encode(self, row):
        value = row[self.encoder["column"]]
        return [], 2 if value is None else value


class CalendarFeature:
    LEVELS = {"weekday": 7, "month": 12, "hour": 24, "dayOfMonth": 31}

    def __init__(self, encoder, arrays):
        self.encoder = encoder
        self.levels = self.LEVELS[encoder["part"]]
        self.level_count = self.levels + (1 if encoder["hasMissing"] else 0)

    def encode(self, row):
        seconds = row[self.encoder["column"]]
        return [], self.levels if math.isnan(seconds) else calendar_level(
            seconds, self.encoder["part"])


FEATURES = {"number": NumberFeature, "category": CategoryFeature, "flag": FlagFeature,
            "calendar": CalendarFeature}


class LevelSource:
    """Something with levels: a cell's level is an index, `count` for missing, None for others."""

    def __init__(self, source, arrays):
        self.source, self.kind = source, source["kind"]
        if self.kind == "category":
            levels = arrays.take(source["levels"], arrays.levels)
            self.codes = {unicodedata.normalize("NFC", level): i for i, level in enumerate(levels)}
            arrays.take(source["rareLevels"], arrays.hashes)
            self.count = len(levels)
        elif self.kind == "number":
            self.thresholds = arrays.take(source["thresholds"], arrays.thresholds)
            self.count = len(self.thresholds) + 1
        elif self.kind == "calendar":
            self.count = CalendarFeature.LEVELS[source["part"]]
        else:
            self.count = 2

    def level(self, row):
        value = row[self.source["column"]]
        if value is None or (isinstance(value, float) and math.isnan(value)):
            return self.count
        if self.kind == "category":
            return self.codes.get(unicodedata.normalize("NFC", value))
        if self.kind == "number":
            return sum(threshold <= value for threshold in self.thresholds)
        if self.kind == "calendar":
            return calendar_level(value, self.source["part"])
        return value


class TreeFeature:
    """One binned feature of trees; the last of its bins is the missing one."""

    def __init__(self, encoder, sources, arrays):
        self.encoder, self.kind = encoder, encoder["kind"]
        if self.kind == "levels":
            self.source = sources[encoder["source"]]
            self.bins = arrays.take(self.source.count, arrays.level_bins)
            self.missing = encoder["binCount"] - 1
            return
        if self.kind == "rates":
            self.sources = [sources[index] for index in encoder["sources"]]
            count = encoder["rates"]
            keys = zip(*[arrays.take(count, arrays.rate_levels) for _ in self.sources])
            self.rates = dict(zip(keys, arrays.take(count, arrays.rates)))
        self.thresholds = arrays.take(encoder["thresholds"], arrays.thresholds)
        self.missing = len(self.thresholds) + 1

    def bin(self, row):
        if self.kind == "levels":
            level = self.source.level(row)
            known = level is not None and level < self.source.count
            return self.bins[level] if known else self.missing
        if self.kind == "rates":
            value = self.rates.get(tuple(source.level(row) for source in self.sources), MISSING)
        elif "column" in self.encoder:
            value = row[self.encoder["column"]]
        else:
            value = (row[self.encoder["later"]] - row[self.encoder["earlier"]]) / 86400
        if math.isnan(value):
            return self.missing
        return sum(threshold <= value for threshold in self.thresholds)


class TreeModel:
    def __init__(self, trees, sections, prefix=""):
        arrays = Arrays(sections, prefix)
        sources = [LevelSource(source, arrays) for source in trees["levelSources"]]
        self.features = [TreeFeature(encoder, sources, arrays) for encoder in trees["encoders"]]
        self.base = trees["baseRawPrediction"]
        self.sections = sections
        # Which of the splits a node is.
        self.splits, splits = [], 0
        for kind in sections["node_kinds"]:
            self.splits.append(splits)
            splits += kind != 0

    def goes_left(self, node, split, bins):
        feature = self.sections["split_features"][split]
        kind, bin = self.sections["node_kinds"][node], bins[feature]
        if bin == self.features[feature].missing:
            return kind & 4 != 0
        limit = self.sections["split_bins"][split]
        if kind & 3 == 1:
            return bin <= limit
        return self.sections["bin_sets"][4 * limit + bin // 64] >> (bin % 64) & 1 == 1

    def raw_prediction(self, row):
        bins = [feature.bin(row) for feature in self.features]
        total = self.base
        for start in self.sections["tree_offsets"][:-1]:
            node = start
            while self.sections["node_kinds"][node]:
                split = self.splits[node]
                child = 2 * split + (0 if self.goes_left(node, split, bins) else 1)
                node = start + self.sections["split_children"][child]
            total += self.sections["node_values"][node]
        return total


class AdditiveModel:
    """One look-up a curve and surface; encoders as those of trees."""

    def __init__(self, trees, sections):
        arrays = Arrays(sections)
        sources = [LevelSource(source, arrays) for source in trees["levelSources"]]
        self.features = [TreeFeature(encoder, sources, arrays) for encoder in trees["encoders"]]
        self.intercept = trees["baseRawPrediction"]
        values, cells = iter(sections["curve_values"]), iter(sections["surface_cells"])
        self.curves = [
            (feature, [next(values) for _ in range(self.features[feature].missing + 1)])
            for feature in sections["curve_features"]]
        self.surfaces = []
        values, ends = iter(sections["surface_values"]), sections["surface_features"]
        for pair in zip(ends[::2], ends[1::2]):
            maps = [[next(cells) for _ in range(self.features[end].missing + 1)] for end in pair]
            rows, columns = (max(map) + 1 for map in maps)
            table = [[next(values) for _ in range(columns)] for _ in range(rows)]
            self.surfaces.append((pair, maps, table))

    def raw_prediction(self, row):
        bins = [feature.bin(row) for feature in self.features]
        total = self.intercept
        for feature, curve in self.curves:
            total += curve[bins[feature]]
        for (first, second), maps, table in self.surfaces:
            total += table[maps[0][bins[first]]][maps[1][bins[second]]]
        return total


class LogisticRegression:
    def __init__(self, model, sections):
        arrays = Arrays(sections)
        self.features = [FEATURES[encoder["kind"]](encoder, arrays)
                         for encoder in model["encoders"]]
        self.intercept = model["logistic"]["intercept"]
        self.coefficients = sections["coefficients"]

    def raw_prediction(self, row):
        encoded = [feature.encode(row) for feature in self.features]
        numbers = [number for group in encoded for number in group[0]]
        total = self.intercept + math.fsum(a * b for a, b in zip(numbers, self.coefficients))
        offset = len(numbers)
        for feature, (_, code) in zip(self.features, encoded):
            if code is not None and code < feature.level_count:
                total += self.coefficients[offset + code]
            offset += feature.level_count
        return total


class Blend:
    def __init__(self, model, sections):
        self.trees = TreeModel(model["trees"], sections, "tree_")
        self.logistic = LogisticRegression(model, sections)
        self.weights = sections["blend_weights"]

    def raw_prediction(self, row):
        intercept, trees, logistic = self.weights
        return (intercept + trees * self.trees.raw_prediction(row)
                + logistic * self.logistic.raw_prediction(row))


def read_cell(text, column):
    text = text.strip()
    missing = text in column["missingTokens"]
    kind = column["type"]
    if kind == "number":
        return MISSING if missing else float(text)
    if kind == "date":
        if missing:
            return MISSING
        moment = datetime.datetime.fromisoformat(text)
        return (moment - datetime.datetime(1970, 1, 1)).total_seconds()
    if missing:
        return None
    return {"yes": 1, "no": 0}[text] if kind == "flag" else text


def read_rows(path, schema):
    types = {column["name"]: column for column in schema["columns"]}
    with open(path, encoding="utf-8", newline="") as file:
        for record in csv.DictReader(file):
            yield {name: read_cell(text, types[name])
                   for name, text in record.items() if name in types}


def probability(raw):
    return 1 / (1 + math.exp(-raw)) if raw >= 0 else math.exp(raw) / (1 + math.exp(raw))


def calibrated(raw, calibrator):
    if calibrator is None:
        return raw
    curve = calibrator.get("curve")
    if curve is not None:
        low, high = curve["low"], curve["high"]
        first, last = curve["slopeAtLow"], curve["slopeAtHigh"]
        inside = min(max(raw, low), high) - low
        raw = (curve["valueAtLow"] + inside * (first + (last - first) * inside / (2 * (high - low)))
               + first * min(raw - low, 0) + last * max(raw - high, 0))
    return raw + calibrator.get("intercept", 0) + calibrator.get("shift", 0)


def together(raw, points, combination):
    """The model's calibrated log-odds and a rule score as one probability."""
    line, form = combination["rules"], combination["forms"][0]
    rules = line["intercept"] + line["slope"] * min(max(points, line["lowest"]), line["highest"])
    return probability(form["intercept"] + form["modelWeight"] * raw + form["rulesWeight"] * rules)


def some_converts(probabilities, correlation):
    """That some lead of an account does, by the trapezoid rule."""
    normal, step = statistics.NormalDist(), 0.01
    bounds = [normal.inv_cdf(p) for p in probabilities]
    total = 0.0
    for node in range(-850, 851):
        z = node * step
        none = math.prod(1 - normal.cdf((bound - math.sqrt(correlation) * z) / math.sqrt(1 - correlation))
                         for bound in bounds)
        total += normal.pdf(z) * step * (1 - none)
    return total


def main():
    model, sections = read_file(sys.argv[1])
    kind = model.get("kind", "logistic")
    if kind == "trees":
        predictor = TreeModel(model["trees"], sections)
    elif kind == "additive":
        predictor = AdditiveModel(model["trees"], sections)
    elif kind == "blend":
        predictor = Blend(model, sections)
    else:
        predictor = LogisticRegression(model, sections)
    calibrator = (json.loads(bytes(sections["calibration"]))["calibrator"]
                  if "calibration" in sections else None)
    of_account = len(sys.argv) > 4 and sys.argv[3] == "--account"
    account = []
    for row in read_rows(sys.argv[2], model["schema"]):
        raw = predictor.raw_prediction(row)
        final = calibrated(raw, calibrator)
        more = ([repr(together(final, float(sys.argv[3]), json.loads(bytes(sections["rule_combination"]))))]
                if len(sys.argv) > 3 and not of_account else [])
        print(repr(raw), repr(probability(final)), *more)
        account.append(probability(final))
    if of_account:
        account = [account[int(row) - 1] for row in sys.argv[4].split(",")]
        print(repr(some_converts(account, json.loads(bytes(sections["accounts"]))["correlation"])))


if __name__ == "__main__":
    main()
