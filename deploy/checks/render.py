"""Renders the chart with values files and settings, as YAML: `render.py CHART [FILE ...] [--set a.b=c ...]`.

With `--lint` what Helm has to say of the chart goes to standard error, and a finding ends with exit code 1.
"""

import argparse
import sys
from pathlib import Path
from typing import Any

import helm_python
import yaml


def merged(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """As Helm lays values files over each other."""
    both = dict(below)
    for name, value in above.items():
        inner = both.get(name)
        both[name] = merged(inner, value) if isinstance(inner, dict) and isinstance(value, dict) else value
    return both


def main() -> int:
    """Exit code 1 for a chart that cannot be rendered, or has findings."""
    parser = argparse.ArgumentParser()
    parser.add_argument("chart", type=Path)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--set", action="append", default=[], dest="settings")
    parser.add_argument("--lint", action="store_true")
    given = parser.parse_args()
    values: dict[str, Any] = {}
    for file in given.files:
        values = merged(values, yaml.safe_load(file.read_text("utf-8")))
    for setting in given.settings:
        values = merged(values, helm_python.parse_set_string(setting))
    if given.lint and (found := _findings(given.chart, values)):
        sys.stderr.write("\n".join(found) + "\n")
        return 1
    with helm_python.Chart.load(str(given.chart)) as chart:
        try:
            chart.validate_schema(values)
            manifests = chart.render(values, name="unionstream", namespace="unionstream")
        except helm_python.HelmError as error:
            sys.stderr.write(f"{error}\n")
            return 1
    for name, text in sorted(manifests.items()):
        if text.strip() and not name.endswith((".tpl", ".txt")):
            sys.stdout.write(f"---\n# {name}\n{text}\n")
    return 0


def _findings(chart: Path, values: dict[str, Any]) -> list[str]:
    """Warnings and errors; that a chart should have an icon is neither."""
    said = helm_python.lint(str(chart), values, strict=True)
    return [f"{each['path']}: {each['error']}" for each in said["messages"] if each["severity"] > 1]


if __name__ == "__main__":
    sys.exit(main())
