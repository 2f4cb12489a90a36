"""The rights process: `python -m services.rights.main migrate | api | relay | worker | all`."""

from pathlib import Path

from services.rights.api import application_of
from services.rights.commands import use_cases
from services.rights.settings import RightsSettings
from shared.database import Pool
from shared.following import Api, Follower, following
from shared.people import PERSON
from shared.process import main
from shared.rewrapping import Sealed, rewrapping
from shared.units import EMPLOYER, UNIT, look
from shared.work.desk import Desk


def _api(pool: Pool, settings: RightsSettings) -> Api:
    vault = settings.vault()
    desk = Desk(pool, use_cases(vault), look, veil=vault.veiled)
    return desk, lambda tokens: application_of(pool, desk, vault, tokens)


# Boxes lie among the aggregates, their keys in hex; an empty one has none.
BOXES = Sealed(
    "boxes",
    "SELECT count(*) FROM aggregate WHERE kind = 'ballot-box'",
    "SELECT id AS owner, decode(state ->> 'wrapped_key', 'hex') AS wrapped_key FROM aggregate"
    " WHERE kind = 'ballot-box' AND state ->> 'wrapped_key' <> '' AND id > $1 ORDER BY id LIMIT $2",
    "UPDATE aggregate AS a SET state = jsonb_set(a.state, '{wrapped_key}', to_jsonb(encode(n.new, 'hex')))"
    " FROM unnest($1::uuid[], $2::bytea[], $3::bytea[]) AS n(owner, old, new)"
    " WHERE a.id = n.owner AND a.state ->> 'wrapped_key' = encode(n.old, 'hex')",
)

SERVICE = following(
    Follower("rights", RightsSettings, Path(__file__).parent, (UNIT, EMPLOYER, PERSON), _api),
    rewrap=rewrapping(BOXES),
)

if __name__ == "__main__":
    main(SERVICE)
