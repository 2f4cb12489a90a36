"""Help for people: hardship, relief, mutual medical aid, loans, benefits, the funds they are paid from."""
