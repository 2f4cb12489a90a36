"""The rules, pure: no database, no clock, no HTTP.

periods.py    months, quarters and years that money is for
numbering.py  ids of accounts, and of the entries in them
account.py    the state of a dues account, and how events change it
assessing.py  what a payer owes: assess, flag as overdue, write off
receiving.py  money in and back: receive, refund
targets.py    dues to receive in a year, set from above
sharing.py    who has the money, who owes whom a share; local.py rules that only some areas have
surcharges.py what late dues cost; member_dues.py what members pay themselves
money.py      balances of one union by account; closing.py passes them on when it has ended
bank.py       a union's own account and its financial rules
rebates.py    what a collecting union owes; handing_over.py to whom when the union has ended
levy.py       employers without a union, since when: basis.py, allowing.py; collections.py the tax agency
stages.py     things that go through stages, none out of turn
heads.py      heads of a budget, purposes of spending
budgets.py    a unit's budget of a year; budgeting.py makes it, executing.py spends it
expenses.py   expenditure from the request to the receipt, or back
prizes.py     prizes of one contest, by rank
grants.py     money from one union to one below it
facilities.py places and goods for workers; assets.py what is on the books
audit_committees.py, audits.py, findings.py, grading.py   who audits whom, what is found and put right
fundraising.py, disclosures.py   what is collected from donors, what is shown in public
"""
