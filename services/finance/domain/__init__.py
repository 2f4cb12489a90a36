"""The rules, pure: no database, no clock, no HTTP.

periods.py    months, quarters and years that money is for
numbering.py  ids of accounts, and of the entries in them
account.py    the state of a dues account, and how events change it
assessing.py  what a payer owes: assess, flag as overdue, write off
receiving.py  money in and back: receive, refund
targets.py    dues to receive in a year, set from above
"""
