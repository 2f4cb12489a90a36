"""docs/metrics.md, written from the metrics themselves: `make docs`."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from prometheus_client.metrics import MetricWrapperBase

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "metrics.md"

HEAD = """# Metrics

Written from the code by `make docs`. Every process serves its own at `/metrics` of its operations port, in
the text format of Prometheus; a histogram has `…_bucket`, `…_sum` and `…_count`. Labels are few and
bounded: commands, topics, readers, routes; never a unit, a member or a key.
"""


def metrics() -> dict[str, MetricWrapperBase]:
    """Every metric of the kernel and of the services, by its full name."""
    own = (f"services.{path.parent.name}.metrics" for path in sorted(ROOT.glob("services/*/metrics.py")))
    modules = [import_module(name) for name in ("shared.metrics", *own)]
    found = [each for module in modules for each in vars(module).values()]
    return {named(each): each for each in found if isinstance(each, MetricWrapperBase)}


def named(metric: MetricWrapperBase) -> str:
    """As Prometheus knows it."""
    name: str = metric._name
    return f"{name}_total" if metric._type == "counter" else name


def page() -> str:
    """The whole page."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield HEAD
    yield "| metric | kind | labels | meaning |\n|---|---|---|---|"
    for name, metric in metrics().items():
        labels = ", ".join(f"`{label}`" for label in metric._labelnames)
        yield f"| `{name}` | {metric._type} | {labels} | {metric._documentation} |"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
