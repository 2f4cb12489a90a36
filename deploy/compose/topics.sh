#!/bin/sh
# The topics are the ledger: unlimited retention, never compacted, 6 partitions of 4 streams each.
set -eu
for topic in union.membership union.finance union.welfare union.events union.rights union.affairs \
    union.exchange union.projection union.checkpoints; do
    /opt/kafka/bin/kafka-topics.sh --bootstrap-server kafka:9092 --create --if-not-exists --topic "$topic" \
        --partitions "$PARTITIONS" --replication-factor 1 --config cleanup.policy=delete --config retention.ms=-1 \
        --config retention.bytes=-1 --config unclean.leader.election.enable=false
done
