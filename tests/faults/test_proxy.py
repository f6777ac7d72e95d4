"""The proxy of ``compose.yaml`` before two web processes: who loses one of them notices a pause at most."""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.typing import Origin

from tests.faults.classes import followed, uninterrupted
from tests.faults.cluster import ROOT, Cluster, alone, cluster, launched
from tests.ports import free_port

SPECS = [{"dataset": "four-bit-majority", "seed": seed, "epochs": 60, "pace": 20} for seed in range(6)]


@contextlib.contextmanager
def proxied(runs: Cluster, folder: Path) -> Iterator[Cluster]:
    """The proxy as the only one to ask, as ``compose.yaml`` starts it but for addresses."""
    with launched(Cluster(None, folder)) as front:
        port = free_port()
        front.addresses["proxy"] = f"127.0.0.1:{port}"
        environment = {**os.environ, "WEBS": " ".join(runs.addresses.values()), "PORT": str(port), "HOME": str(folder)}
        command = ["caddy", "run", "--config", "deploy/Caddyfile", "--adapter", "caddyfile"]
        with (folder / "proxy.log").open("wb") as log:
            front.processes["proxy"] = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        yield front


async def test_a_lost_web_process_behind_the_proxy_costs_nobody_more_than_a_retry(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLAYGROUND_TRUSTED_PROXIES", "127.0.0.1")
    with cluster(tmp_path, webs=2, workers=1) as runs, proxied(runs, tmp_path) as front:
        await runs.ready("web0", "web1")
        await front.ready("proxy")
        expected = await uninterrupted(runs, [{**spec, "pace": None} for spec in SPECS])
        async with followed(front) as group:
            for which, spec in enumerate(SPECS):
                await group.start(which, spec, "proxy")
            await group.gone_on()
            runs.kill("web0")
            pages = [await front.ask("proxy", "GET", "/softmax") for _ in range(20)]
            assert [page.status_code for page in pages] == [200] * 20
            await group.start(0, SPECS[0], "proxy")
            await group.gone_on()
            runs.web("web0")
            await group.ended()
            await group.check("proxy", expected)


async def test_behind_the_proxy_a_page_may_watch_and_another_sites_page_may_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLAYGROUND_TRUSTED_PROXIES", "127.0.0.1")
    with cluster(tmp_path, webs=1, workers=1) as runs, proxied(runs, tmp_path) as front:
        await runs.ready("web0")
        await front.ready("proxy")
        run_id = await front.submit("proxy", SPECS[0])
        address = front.addresses["proxy"]
        async with connect(f"ws://{address}/api/runs/{run_id}/events", origin=Origin(f"http://{address}")) as socket:
            assert '"type":"run"' in await socket.recv()
        with pytest.raises(Exception, match="403"):
            await connect(f"ws://{address}/api/runs/{run_id}/events", origin=Origin("http://elsewhere.test"))


async def test_behind_tls_the_proxy_passes_on_what_ends_it_says_and_nobody_elses_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLAYGROUND_TRUSTED_PROXIES", "127.0.0.1")
    told = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}
    for front, secure in (("127.0.0.1", True), ("192.0.2.1", False)):
        monkeypatch.setenv("FRONT", front)
        (tmp_path / front).mkdir()
        with alone(tmp_path / front) as runs, proxied(runs, tmp_path / front) as ends:
            await runs.ready("web0")
            await ends.ready("proxy")
            async with httpx.AsyncClient(base_url=f"http://{ends.addresses['proxy']}", timeout=60) as client:
                page = await client.get("/softmax", headers=told)
            assert page.status_code == 200
            assert ("secure" in page.headers["set-cookie"].lower()) == secure, front
