"""Validates manifests from standard input, strictly: Kubernetes' own by its schemas, custom ones by theirs.

Prints each fault and, last, how many resources there were; exit code 1 for a fault.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import kubernetes_validate
import yaml
from cloudcoil.models.keda.v1alpha1 import ScaledObject, TriggerAuthentication
from cloudcoil.models.prometheus_operator.v1 import PodMonitor, PrometheusRule, ServiceMonitor

KUBERNETES = "1.37"
OWN = yaml.safe_load((Path(__file__).parent / "resources.yaml").read_text("utf-8"))
MODELS = {
    model.__name__: model
    for model in (ScaledObject, TriggerAuthentication, PodMonitor, PrometheusRule, ServiceMonitor)
}
OPERATORS = ("keda.sh/", "monitoring.coreos.com/")


def strict(schema: Any) -> Any:
    """The schema with every object closed that lists its properties."""
    if isinstance(schema, list):
        return [strict(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {name: strict(each) for name, each in schema.items()}
    if "properties" in closed and closed.get("type") == "object":
        closed.setdefault("additionalProperties", False)
    return closed


def faults(document: dict[str, Any]) -> Iterator[str]:
    """What is wrong with one resource."""
    kind, group = document["kind"], document["apiVersion"]
    if own := OWN.get(f"{group}/{kind}"):
        yield from _checked({"$defs": OWN["$defs"], **own}, document["spec"])
    elif group.startswith(OPERATORS):
        schema = strict(MODELS[kind].model_json_schema(by_alias=True))
        schema["$defs"].pop("ObjectMeta", None)
        schema["properties"]["metadata"] = {"type": "object"}
        yield from _checked(schema, document)
    else:
        try:
            kubernetes_validate.validate(document, KUBERNETES, strict=True)
        except kubernetes_validate.ValidationError as error:
            yield f"{list(error.path)}: {error.message}"


def _checked(schema: dict[str, Any], document: Any) -> Iterator[str]:
    for error in jsonschema.Draft202012Validator(schema).iter_errors(document):
        yield f"{error.json_path}: {error.message}"


def main() -> int:
    """Exit code 1 if anything is wrong."""
    documents = [each for each in yaml.safe_load_all(sys.stdin) if each]
    found = [
        f"{each['kind']} {each['metadata']['name']} {fault}" for each in documents for fault in faults(each)
    ]
    sys.stdout.write("\n".join([*found, f"{len(documents)} resources, {len(found)} faults"]) + "\n")
    return 1 if found or not documents else 0


if __name__ == "__main__":
    sys.exit(main())
