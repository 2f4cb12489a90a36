"""Nothing but health and metrics answers without a token, and those are elsewhere."""

from __future__ import annotations

import httpx

from unionstream.embedded.stack import Stack

CLOSED = ("/", "/v1/openapi.json", "/v1/docs", "/docs", "/metrics", "/health/ready", "/v1/streams")


async def test_nothing_but_health_and_metrics_answers_without_a_token(stack: Stack) -> None:
    async with httpx.AsyncClient(timeout=30, trust_env=False) as http:
        for service in stack.services.values():
            for path in CLOSED:
                answer = await http.get(service.url + path)
                assert answer.status_code == 401, (service.name, path)
                assert answer.headers["www-authenticate"] == "Bearer"
            open_ = service.operations_url
            assert (await http.get(f"{open_}/health/ready")).status_code == 200
            assert "unionstream_http_request_seconds" in (await http.get(f"{open_}/metrics")).text
            assert (await http.get(f"{open_}/v1/streams")).status_code == 404
