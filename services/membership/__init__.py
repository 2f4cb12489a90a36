"""Unions and their people: the tree, employers and members."""
