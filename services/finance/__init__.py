"""Money of the union: dues assessed, received and refunded, and their targets."""
