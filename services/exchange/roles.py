"""What worker and relay do for one agreement, beside what they do for the service itself."""

from services.exchange.delivering import Delivering
from services.exchange.outlets import PARTITIONS, Outlet, lay, rekeying_of
from services.exchange.settings import ExchangeSettings
from shared.database import Pool, open_pool
from shared.log.publisher import Publisher
from shared.log.route import Route
from shared.log.topics import administering, make, partitions_of
from shared.reading.reader import Reader
from shared.vault import Vault

READING_CONNECTIONS = 2
RELAYING_CONNECTIONS = 4


class Roles:
    """`deliver` is the worker's part, `relay` the relay's; both run until they are cancelled."""

    def __init__(self, pool: Pool, settings: ExchangeSettings, vault: Vault) -> None:
        """`pool` is that of the service."""
        self._pool = pool
        self._settings = settings
        self._vault = vault

    async def deliver(self, outlet: Outlet) -> None:
        """Read our topics into the outlet."""
        rekeying = await rekeying_of(self._pool, self._vault, outlet)
        own = await self._laid(outlet, READING_CONNECTIONS)
        try:
            name = f"exchange-{outlet.agreement.name}"
            await Reader(
                pool=own,
                name=name,
                kafka=self._settings.kafka,
                topics=outlet.sources,
                partitions=self._settings.partitions,
                apply=Delivering(outlet, rekeying),
                group=name,
                instance=self._settings.instance,
            ).run()
        finally:
            own.terminate()

    async def relay(self, outlet: Outlet) -> None:
        """Number what the outlet holds, and put it on the agency's topic, with signed heads on another."""
        own = await self._laid(outlet, RELAYING_CONNECTIONS)
        try:
            checkpoints = f"{outlet.topic}.checkpoints"
            await self._made(outlet.topic, checkpoints)
            publisher = Publisher(
                own,
                topic=outlet.topic,
                kafka=self._settings.kafka,
                partitions=PARTITIONS,
                service="exchange",
            )
            await publisher.by_days().signing(self._settings.checkpoint_key_file, checkpoints).stand()
        finally:
            own.terminate()

    async def _laid(self, outlet: Outlet, connections: int) -> Pool:
        url = self._settings.database_url.get_secret_value()
        await lay(url, outlet)
        return await open_pool(url, largest=connections, schema=outlet.schema)

    async def _made(self, *topics: str) -> None:
        async with administering(self._settings.kafka) as client:
            for topic in topics:
                if await partitions_of(client, topic) == 0:
                    await make(client, Route(topic, self._settings.kafka, PARTITIONS))
