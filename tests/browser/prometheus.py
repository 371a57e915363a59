"""Reads the text format 0.0.4 of Prometheus, strictly: what it does not allow is a ValueError."""

import math
import re

NAME = r"[a-zA-Z_:][a-zA-Z0-9_:]*"
HELP = re.compile(rf"# HELP ({NAME}) (.+)")
TYPE = re.compile(rf"# TYPE ({NAME}) (counter|gauge|histogram|summary|untyped)")
SAMPLE = re.compile(rf"({NAME})(?:\{{(.*)\}})? (\S+)")
LABEL = re.compile(r'([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"(?:,|$)')


def family_of(name, types):
    """The metric that a sample belongs to: a histogram has samples of three names."""
    for end in ("_bucket", "_sum", "_count"):
        if name.endswith(end) and types.get(name[: -len(end)]) == "histogram":
            return name[: -len(end)]
    return name


def labels_of(text):
    labels, position = {}, 0
    while position < len(text):
        label = LABEL.match(text, position)
        if not label or label[1] in labels:
            raise ValueError(f"labels: {text}")
        labels[label[1]] = label[2]
        position = label.end()
    return labels


def parse(text):
    """{(name, sorted labels): value}; every metric has one HELP and one TYPE before its samples."""
    if not text.endswith("\n"):
        raise ValueError("the last line has no end")
    helps, types, samples = {}, {}, {}
    for line in text.splitlines():
        if line.startswith("#"):
            for pattern, seen in ((HELP, helps), (TYPE, types)):
                told = pattern.fullmatch(line)
                if told and told[1] in seen:
                    raise ValueError(f"told twice: {line}")
                if told:
                    seen[told[1]] = told[2]
            if not HELP.fullmatch(line) and not TYPE.fullmatch(line):
                raise ValueError(f"neither HELP nor TYPE: {line}")
            continue
        sample = SAMPLE.fullmatch(line)
        if not sample:
            raise ValueError(f"no sample: {line}")
        family = family_of(sample[1], types)
        if family not in types or family not in helps:
            raise ValueError(f"no HELP or TYPE before: {line}")
        key = (sample[1], tuple(sorted(labels_of(sample[2] or "").items())))
        value = float(sample[3])
        if key in samples or not math.isfinite(value):
            raise ValueError(f"twice or not finite: {line}")
        if types[family] == "counter" and not (sample[1].endswith("_total") and value >= 0):
            raise ValueError(f"a counter ends in _total and does not fall below 0: {line}")
        samples[key] = value
    return samples


def value(samples, name, **labels):
    return samples.get((name, tuple(sorted(labels.items()))))


def buckets_rise(samples, name):
    """The cumulative counts of a histogram, in order of their edges, never fall and end at its count."""
    edges = [(float(dict(labels)["le"].replace("+Inf", "inf")), count)
             for (sample, labels), count in samples.items() if sample == f"{name}_bucket"]
    counts = [count for _, count in sorted(edges)]
    return counts == sorted(counts) and counts[-1:] == [samples.get((f"{name}_count", ()))]
