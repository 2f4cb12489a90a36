"""Write docs/contracts anew: `make contracts`. What is released is never broken."""

import sys

from tests.contracts.published.compatible import broken
from tests.contracts.published.files import BODIES, FOLDER, kept, of_interfaces, of_streams, text

REMEDY = "make it a new version of the type, with an upcaster, and leave the old one as it was"


def main() -> int:
    """Exit code 0, or 1 if a released body would break; then nothing has been written."""
    documents = of_streams() | of_interfaces()
    faults = [
        f"{name}: {fault}"
        for name, document in documents.items()
        if name.startswith(BODIES) and (old := kept(name)) is not None
        for fault in broken(old, document)
    ]
    gone = {f"{BODIES}/{path.name}" for path in (FOLDER / BODIES).glob("*.json")} - documents.keys()
    faults += [f"{name}: the type is gone" for name in sorted(gone)]
    if faults:
        sys.stderr.write("\n".join([*faults, f"Remedy: {REMEDY}.", ""]))
        return 1
    for name, document in documents.items():
        path = FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text(document), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
