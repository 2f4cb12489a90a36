"""Money of the union. So far dues: assessed, received, refunded, overdue, written off; and targets."""
