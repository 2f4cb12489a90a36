"""What others may build on, as files under docs/contracts: `make contracts` writes them.

openapi/<service>.json      every service's interface (OpenAPI 3.1)
asyncapi.json               every topic (AsyncAPI 3.0), its messages by reference
events/<type>.json          the body of every event type and version (JSON Schema 2020-12)
envelope.json, headers.json what stands around every body
"""
