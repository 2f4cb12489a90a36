"""The commands of every service that writes, by its name."""

from services.affairs import commands as affairs
from services.events import commands as events
from services.exchange import commands as exchange
from services.finance import commands as finance
from services.membership import commands as membership
from services.rights import commands as rights
from services.welfare import commands as welfare

SERVICES = {
    "membership": membership,
    "finance": finance,
    "welfare": welfare,
    "events": events,
    "rights": rights,
    "affairs": affairs,
    "exchange": exchange,
}
