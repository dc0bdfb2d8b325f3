"""Reads a Kelvin model file and scores a CSV with it, from Docs/ModelFormat.md alone.

Usage: python3 read_model.py MODEL.kelvin LEADS.csv

Prints one line a lead: log-odds and probability, in digits that mean the double exactly. Needs
Python 3.8 or later and its standard library only. Reads CSV in UTF-8 with plain numbers (1234.5),
ISO dates and yes/no; other spellings are a matter of reading tables, not of models.
"""
import csv
import datetime
import hashlib
import json
import math
import struct
import sys
import unicodedata

MAGIC = b"\x89KLV\r\n\x1a\n"
KNOWN = {"coefficients", "standard_errors", "bin_thresholds", "level_offsets", "level_bytes",
         "rare_level_hashes", "score_quantiles", "fingerprints"}
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
        letter = {"f64": "d", "u64": "Q"}.get(entry["kind"])
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

    def __init__(self, sections):
        self.thresholds = iter(sections["bin_thresholds"])
        self.hashes = iter(sections["rare_level_hashes"])
        offsets, text = sections["level_offsets"], sections["level_bytes"]
        self.levels = (text[a:b].decode("utf-8") for a, b in zip(offsets, offsets[1:]))

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


class FlagFeature:
    def __init__(self, encoder, arrays):
        self.encoder = encoder
        self.level_count = 2 + (1 if encoder["hasMissing"] else 0)

    def encode(self, row):
        value = row[self.encoder["column"]]
        return [], 2 if value is None else value


class CalendarFeature:
    LEVELS = {"weekday": 7, "month": 12, "hour": 24}

    def __init__(self, encoder, arrays):
        self.encoder = encoder
        self.levels = self.LEVELS[encoder["part"]]
        self.level_count = self.levels + (1 if encoder["hasMissing"] else 0)

    def encode(self, row):
        seconds = row[self.encoder["column"]]
        if math.isnan(seconds):
            return [], self.levels
        days = math.floor(seconds / 86400)
        if self.encoder["part"] == "weekday":
            return [], (days + 3) % 7
        if self.encoder["part"] == "hour":
            return [], math.floor((seconds - days * 86400) / 3600)
        return [], (datetime.date(1970, 1, 1) + datetime.timedelta(days)).month - 1


FEATURES = {"number": NumberFeature, "category": CategoryFeature, "flag": FlagFeature,
            "calendar": CalendarFeature}


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


def raw_prediction(features, intercept, coefficients, row):
    encoded = [feature.encode(row) for feature in features]
    numbers = [number for group in encoded for number in group[0]]
    total = intercept + math.fsum(a * b for a, b in zip(numbers, coefficients))
    offset = len(numbers)
    for feature, (_, code) in zip(features, encoded):
        if code is not None and code < feature.level_count:
            total += coefficients[offset + code]
        offset += feature.level_count
    return total


def probability(raw):
    return 1 / (1 + math.exp(-raw)) if raw >= 0 else math.exp(raw) / (1 + math.exp(raw))


def main():
    model, sections = read_file(sys.argv[1])
    arrays = Arrays(sections)
    features = [FEATURES[encoder["kind"]](encoder, arrays) for encoder in model["encoders"]]
    intercept = model["logistic"]["intercept"]
    for row in read_rows(sys.argv[2], model["schema"]):
        raw = raw_prediction(features, intercept, sections["coefficients"], row)
        print(repr(raw), repr(probability(raw)))


if __name__ == "__main__":
    main()
