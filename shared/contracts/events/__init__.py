"""Events of `services/events`, a module per subject."""

from shared.contracts.events.activities import *
from shared.contracts.events.base import *
from shared.contracts.events.competitions import *
from shared.contracts.events.delegations import *
from shared.contracts.events.fitness import *
from shared.contracts.events.mentoring import *
from shared.contracts.events.papers import *
from shared.contracts.events.safety_cups import *
from shared.contracts.events.scoreboards import *
from shared.contracts.events.selections import *
from shared.contracts.events.suggestions import *
from shared.contracts.events.tournaments import *
from shared.contracts.events.trainings import *
