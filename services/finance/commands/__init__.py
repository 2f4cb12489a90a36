"""Commands and what they do: models at the edge, use cases between the desk and the rules."""

from services.finance.commands.assessments import ROUTES as ASSESSMENTS
from services.finance.commands.assessments import USE_CASES as ASSESS
from services.finance.commands.receipts import ROUTES as RECEIPTS
from services.finance.commands.receipts import USE_CASES as RECEIVE
from services.finance.commands.targets import ROUTES as TARGETS
from services.finance.commands.targets import USE_CASES as SET_TARGETS
from shared.http.commands import BulkRoute, CommandRoute

USE_CASES = {**ASSESS, **RECEIVE, **SET_TARGETS}
_ALL = (*ASSESSMENTS, *RECEIPTS, *TARGETS)
ROUTES = tuple(route for route in _ALL if isinstance(route, CommandRoute))
BULK_ROUTES = tuple(route for route in _ALL if isinstance(route, BulkRoute))
