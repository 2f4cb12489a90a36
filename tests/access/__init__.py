"""Who may do what: roles at a unit for its subtree, on the whole system."""
