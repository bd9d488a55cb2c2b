"""Metrics as whoever scrapes them reads them."""

from collections.abc import Mapping

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.parser import text_string_to_metric_families

Read = Mapping[str, float]
"""Values, each by its name and its labels as they are written: `name{label="value"}`."""


def read_metrics(text: str) -> Read:
    """Return what a scrape tells, but for the buckets of histograms and for the process."""
    return {
        _name(sample.name, sample.labels): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if not sample.name.endswith(("_bucket", "_sum")) and sample.name.startswith("parity_")
    }


def read_registry(registry: CollectorRegistry) -> Read:
    """Return likewise what a registry would tell."""
    return read_metrics(generate_latest(registry).decode())


def _name(name: str, labels: Mapping[str, str]) -> str:
    if not labels:
        return name
    inner = ",".join(f'{label}="{value}"' for label, value in sorted(labels.items()))
    return f"{name}{{{inner}}}"
