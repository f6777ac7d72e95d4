"""Machines with their own addresses on one: network namespaces on a bridge. Needs root."""

from __future__ import annotations

import os
import secrets
import subprocess
from collections.abc import Sequence

__all__ = ["Networks", "not_permitted"]

SUBNETS = ("198.18", "198.19")
"""Addresses set aside for tests of networks."""


class Networks:
    """A context manager: a bridge, and for each name a network namespace with an address of its own."""

    def __init__(self, names: Sequence[str]) -> None:
        self.tag = secrets.token_hex(2)
        self.bridge = f"pg{self.tag}"
        self.subnet = f"{SUBNETS[int(self.tag, 16) % 2]}.{int(self.tag[:2], 16)}"
        self.addresses = {name: f"{self.subnet}.{number}" for number, name in enumerate(names, 10)}

    def __enter__(self) -> Networks:
        try:
            ip("link", "add", self.bridge, "type", "bridge")
            ip("addr", "add", f"{self.subnet}.1/24", "dev", self.bridge)
            ip("link", "set", self.bridge, "up")
            for name, address in self.addresses.items():
                self.add(name, address)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        for name in self.addresses:
            subprocess.run(["ip", "netns", "del", self.space(name)], capture_output=True)
        subprocess.run(["ip", "link", "del", self.bridge], capture_output=True)

    def add(self, name: str, address: str) -> None:
        """One machine: a namespace whose only way out is a cable to the bridge."""
        space, here = self.space(name), f"v{address.rpartition('.')[2]}{self.tag}"
        ip("netns", "add", space)
        ip("link", "add", here, "type", "veth", "peer", "name", "eth0", "netns", space)
        ip("link", "set", here, "master", self.bridge, "up")
        ip("-n", space, "addr", "add", f"{address}/24", "dev", "eth0")
        ip("-n", space, "link", "set", "eth0", "up")
        ip("-n", space, "link", "set", "lo", "up")

    def space(self, name: str) -> str:
        """A name that no other test has."""
        return f"{name}-{self.tag}"

    def within(self, name: str) -> tuple[str, ...]:
        """The command that starts a process on that machine."""
        return ("ip", "netns", "exec", self.space(name))

    def cut(self, name: str) -> None:
        """Pull the cable of a machine."""
        ip("-n", self.space(name), "link", "set", "eth0", "down")

    def mend(self, name: str) -> None:
        """Put it in again."""
        ip("-n", self.space(name), "link", "set", "eth0", "up")


def ip(*words: str) -> None:
    """Raises CalledProcessError where it is not permitted or not possible."""
    subprocess.run(["ip", *words], check=True, capture_output=True)


def not_permitted() -> str:
    """Why there can be no network namespaces here; empty where there can."""
    if os.geteuid() != 0:
        return "network namespaces need root"
    try:
        with Networks(["probe"]):
            return ""
    except FileNotFoundError:
        return "there is no ip command here"
    except subprocess.CalledProcessError as error:
        return f"network namespaces are not permitted here: {error.stderr.decode().strip()}"
