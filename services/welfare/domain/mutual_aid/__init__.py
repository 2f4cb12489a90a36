"""Mutual medical aid by period and product (DOMAIN WEL-08 to WEL-11).

products.py   what is offered: catalogue and rules
period.py     a numbered period of an organiser, from opening to settling
cover.py      everything one person ever held of one product, with its claims
offering.py   who may hold what
enrolling.py  enrol, collect the fee, cancel
claiming.py   file, review, pay, reject
confirming.py employers whose workers are all insured
"""
