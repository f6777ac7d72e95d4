"""Every setting: an environment variable PLAYGROUND_…, its default and a sentence on what it does. The one table."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from ipaddress import ip_address
from typing import Annotated
from urllib.parse import parse_qsl, urlsplit

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from .machine import processors

__all__ = ["PREFIX", "SECRETS", "Settings", "described", "misspelt"]


def default_workers() -> int:
    """All processors that this process may use but one, which the web process keeps; at least one."""
    return min(256, max(1, processors() - 1))


EMBEDDER = r"https?://(?:\*\.)?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*(?::[0-9]{1,5})?"


PREFIX = "PLAYGROUND_"
SECRETS = frozenset({"engine", "secret"})
"""Settings whose values are repeated nowhere: an engine's URL may hold a password."""

REDIS_OPTIONS = frozenset(
    {"db", "client_name", "health_check_interval", "max_idle_time", "password", "ssl_ca_certs", "ssl_ca_path"}
    | {"ssl_cert_reqs", "ssl_certfile", "ssl_check_hostname", "ssl_keyfile", "ssl_keyfile_password", "username"}
)
"""What may stand behind the ? of a Redis' URL."""


def wrong_in_redis_url(url: str) -> str | None:
    """What is wrong with the URL of a Redis, without a word of it; None: nothing."""
    try:
        parts = urlsplit(url)
        port, path = parts.port, parts.path
    except ValueError:  # its words quote the URL
        return "has a port that is no number from 1 to 65535, or a sign in its password that must be written as %…"
    if parts.scheme not in ("redis", "rediss", "unix"):
        return "does not begin with redis://, rediss:// or unix://"
    if port == 0:
        return "has the port 0"
    if parts.fragment:
        return "has a #, which must be written as %23"
    if parts.scheme == "unix" and not path.startswith("/"):
        return "names no file of a socket, as in unix:///run/redis.sock"
    if parts.scheme != "unix" and not parts.hostname:
        return "names no host"
    if parts.scheme != "unix" and not re.fullmatch(r"/?[0-9]{0,6}", path, re.ASCII):
        return "has a path that is no number of a database"
    return wrong_in_options(parts.query)


def wrong_in_options(query: str) -> str | None:
    """What is wrong behind the ? of a Redis' URL; None: nothing."""
    for name, value in parse_qsl(query, keep_blank_values=True):
        if name not in REDIS_OPTIONS:
            return f"has an option after ? that there is not; there are {', '.join(sorted(REDIS_OPTIONS))}"
        if name == "db" and not re.fullmatch("[0-9]{1,6}", value, re.ASCII):
            return "has a db that is no number"
    return None


def misspelt(environment: Iterable[str]) -> list[tuple[str, str]]:
    """Names that begin like a setting's and are none, each with the nearest that is one."""
    known = [PREFIX + name.upper() for name in Settings.model_fields]
    wrong = sorted({name for name in environment if name.upper().startswith(PREFIX) and name.upper() not in known})
    return [(name, get_close_matches(name.upper(), known, 1, 0.0)[0]) for name in wrong]


class Settings(BaseSettings):
    """The settings with their limits; an unusable value stops the program with words."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, hide_input_in_errors=True)

    host: str = Field(default="127.0.0.1", description="Address to listen on.")
    port: int = Field(default=8000, ge=0, le=65535, description="Port to listen on.")
    engine: str = Field(
        default="embedded",
        repr=False,
        description="Where runs run: 'embedded', or the URL of a Redis (redis://host:port/db) shared with workers.",
    )
    data: str = Field(
        default="",
        description="Folder for the records of runs (embedded engine); empty: one for each port in the user's state "
        "folder; 'memory': records end with the program, as they do on port 0.",
    )
    workers: int = Field(
        default_factory=default_workers,
        ge=1,
        le=256,
        description="Processes that train; cores: those that a process here may use, by affinity or container quota.",
    )
    max_runs: int = Field(default=1000, ge=1, description="Runs in hand, in all: queued, running or paused.")
    max_runs_per_visitor: int = Field(default=250, ge=1, description="Runs in hand for one browser (a sweep is 200).")
    max_runs_per_address: int = Field(
        default=750,
        ge=1,
        description="Runs in hand for all of one address, which a school shares; less than in all, so that others have "
        "room.",
    )
    record_megabytes: int = Field(
        default=512, ge=16, description="Memory for the runs in hand: their records and their training."
    )
    kept_runs: int = Field(
        default=10_000, ge=1, description="Records of ended runs that are kept; those that ended longest ago go first."
    )
    kept_megabytes: int = Field(default=1000, ge=16, description="The same in megabytes on the disk.")
    kept_days: float = Field(default=30.0, gt=0, description="The same in days since the run's end.")
    submits_per_minute: int = Field(
        default=600, ge=1, description="Runs and checks that one browser may start in a minute."
    )
    submits_per_minute_per_address: int = Field(default=6000, ge=1, description="The same for all of one address.")
    max_sockets: int = Field(default=2000, ge=1, description="Open WebSockets, in all.")
    max_sockets_per_visitor: int = Field(default=20, ge=1, description="Open WebSockets of one browser.")
    max_sockets_per_address: int = Field(default=1500, ge=1, description="Open WebSockets of all of one address.")
    max_connections_per_address: int = Field(default=1200, ge=1, description="Open connections of one address.")
    body_bytes: int = Field(default=1_000_000, ge=1000, description="The largest request body.")
    message_bytes: int = Field(default=16_384, ge=256, description="The largest WebSocket message from a client.")
    messages_per_second: int = Field(default=50, ge=1, description="WebSocket messages from a client, on the long run.")
    messages_burst: int = Field(default=100, ge=1, description="WebSocket messages from a client, at once.")
    header_bytes: int = Field(default=32_768, ge=1024, description="The largest head of a request.")
    header_seconds: float = Field(default=5.0, gt=0, description="How long the head of a request may take to arrive.")
    body_seconds: float = Field(default=10.0, gt=0, description="How long the body of a request may take to arrive.")
    answer_seconds: float = Field(default=60.0, gt=0, description="How long a client may read nothing of an answer.")
    send_seconds: float = Field(default=10.0, gt=0, description="How long a viewer may take to accept one message.")
    origins: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Other origins whose pages may open WebSockets, with commas between; our own always may.",
    )
    embedders: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Origins whose pages may show ours in a frame (a learning platform), with commas between.",
    )
    trusted_proxies: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Addresses of proxies whose X-Forwarded-For and -Proto are believed, with commas between.",
    )
    secret: str = Field(
        default="",
        repr=False,
        description="Key that signs the browsers' cookies; empty: a new one at every start. Web processes that share a "
        "Redis need one and the same.",
    )
    hsts_seconds: int = Field(
        default=86_400,
        ge=0,
        description="How long a browser that came by https is to come by nothing else; 0: not at all. A year "
        "(31536000) once https is known to stay.",
    )
    reload: bool = Field(
        default=False, description="Read templates and static files anew for every page (for development)."
    )

    @field_validator("engine")
    @classmethod
    def known(cls, value: str) -> str:
        """An engine that there is. What was given is not repeated: a URL may hold a password."""
        if value != "embedded" and (wrong := wrong_in_redis_url(value)) is not None:
            raise ValueError(f"'embedded' or the URL of a Redis, as in redis://host:6379/0; this one {wrong}")
        return value

    @field_validator("trusted_proxies")
    @classmethod
    def addresses_only(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        """Addresses: any other text would match no proxy, and nobody would notice."""
        for one in value:
            try:
                ip_address(one)
            except ValueError:
                raise ValueError(
                    f"{one!r} is no address, as in 10.0.0.2; networks and names are not looked up"
                ) from None
        return value

    @field_validator("origins", "embedders", "trusted_proxies", mode="before")
    @classmethod
    def split(cls, value: object) -> object:
        """A list as the environment has it: with commas between."""
        return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value

    @field_validator("embedders")
    @classmethod
    def origins_only(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        """Origins, or all below a domain: they become part of the pages' policy, where other text could widen it."""
        for one in value:
            if not re.fullmatch(EMBEDDER, one):
                raise ValueError(f"{one!r} is no origin, as in https://lms.example or https://*.school.example:8443")
        return value


def described() -> list[tuple[str, str, str]]:
    """Name, default and sentence of every setting, for ``serve --help`` and the README."""
    rows = []
    for name, field in Settings.model_fields.items():
        default = "cores − 1" if name == "workers" else shown(field.default)
        rows.append((f"PLAYGROUND_{name.upper()}", default, field.description or ""))
    return rows


def shown(default: object) -> str:
    """A default as the table has it."""
    if default in ((), ""):
        return "empty"
    return str(default).lower() if isinstance(default, bool) else str(default)
