"""Events of `services/projection`: what it finds out that others want to be told of."""

from shared.contracts.projection.restatements import *
