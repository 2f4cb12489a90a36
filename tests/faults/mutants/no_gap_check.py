"""The worker takes a number that is too high as if nothing were missing before it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from services.projection.main import SERVICE
from shared.process import main
from shared.reading import take
from shared.reading.incoming import Incoming
from shared.reading.judging import NOTHING_KNOWN, Judgement, Progress


def careless(
    progress: Progress, records: Sequence[Incoming], known: Mapping[int, bytes] = NOTHING_KNOWN
) -> Judgement:
    accepted: list[Incoming] = []
    for record in records:
        if record.sequence > progress.sequence:
            accepted.append(record)
            progress = replace(
                progress, sequence=record.sequence, chain=record.chain, sequenced=record.sequenced
            )
    return Judgement(progress, accepted, len(records) - len(accepted), progress.sequence)


setattr(take, "judge", careless)  # noqa: B010  a name it imports

if __name__ == "__main__":
    main(SERVICE)
