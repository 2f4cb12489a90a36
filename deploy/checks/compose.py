"""Reads a compose file by the Compose Specification: `compose.py FILE`; exit code 1 where it is not one."""

import json
import re
import sys
from pathlib import Path

import yaml
from compose_spec import PyCompose


def main(path: str) -> int:
    """Merge keys and variables are resolved before the specification is asked."""
    text = Path(path).read_text("utf-8")
    document = yaml.safe_load(re.sub(r"\$\{(\w+)(?::-([^}]*)|:\?)?\}", lambda name: name[2] or name[1], text))
    own = {name: value for name, value in document.items() if not name.startswith("x-")}
    try:
        compose = PyCompose.from_json(json.dumps(own))
        compose.validate()
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{len(compose.service_names())} services\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
