"""HTTP at the edge of every service.

problems.py   RFC 9457 problem documents, and the only table from errors to status codes
body.py       reading a body: size, JSON, types; every fault named by field, value and remedy
routes.py     commands as data, and what they answer
openapi.py    the description of a service in OpenAPI's words
commands.py   one route per command, one route for rows in bulk
app.py        the applications: the API; health and metrics
keys.py       the issuer's public keys
tokens.py     who a bearer token speaks for
gate.py       nobody passes without a token
"""
