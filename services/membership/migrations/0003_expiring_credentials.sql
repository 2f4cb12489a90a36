-- Which credentials end soon, in the order of their last days: the few that have one.
CREATE INDEX aggregate_expiring ON aggregate ((state ->> 'valid_until'), id)
WHERE kind = 'credential' AND state ->> 'valid_until' IS NOT NULL;
