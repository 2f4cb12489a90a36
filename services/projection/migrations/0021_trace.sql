-- The facts of one metric in the order of their days, for pages of a trace at the top of the tree.
CREATE INDEX fact_day ON fact (metric, day, lane, sequence);
