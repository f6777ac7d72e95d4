"""Who is asking, and what quotas say: browsers by cookie, others by address, proxies only where trusted."""

from __future__ import annotations

import pytest
from starlette.requests import HTTPConnection
from starlette.responses import Response

from app.settings import Settings
from app.web.door.visitors import COOKIE, Visitor, Visitors, network_of


def asked(
    address: str = "10.0.0.1", *, cookie: str | None = None, forwarded: str | None = None, proto: str | None = None
) -> HTTPConnection:
    """A request as the server sees it."""
    headers = {"cookie": cookie and f"{COOKIE}={cookie}", "x-forwarded-for": forwarded, "x-forwarded-proto": proto}
    raw = [(name.encode(), text.encode()) for name, text in headers.items() if text is not None]
    scope = {
        "type": "http",
        "client": (address, 1234),
        "headers": raw,
        "scheme": "http",
        "path": "/",
        "server": ("x", 80),
    }
    return HTTPConnection(scope)


def cookie_from(visitors: Visitors, connection: HTTPConnection) -> str:
    """The cookie that a first page gives."""
    response = Response()
    visitors.greet(connection, response)
    text = response.headers["set-cookie"]
    assert "HttpOnly" in text and "SameSite=lax" in text
    return text.split(";")[0].removeprefix(f"{COOKIE}=")


def test_a_browser_is_recognised_by_the_cookie_it_was_given() -> None:
    visitors = Visitors(Settings())
    cookie = cookie_from(visitors, asked())
    first, elsewhere = visitors.visitor(asked(cookie=cookie)), visitors.visitor(asked("10.0.0.2", cookie=cookie))
    assert first.known and first.name == elsewhere.name
    response = Response()
    visitors.greet(asked(cookie=cookie), response)
    assert "set-cookie" not in response.headers


@pytest.mark.parametrize("forged", ["", "somebody", "somebody.c2lnbmF0dXJl", "é", "." * 5000])
def test_a_forged_cookie_is_none(forged: str) -> None:
    visitors = Visitors(Settings())
    assert visitors.visitor(asked(cookie=forged)) == visitors.visitor(asked())


def test_a_cookie_outlives_a_restart_where_a_secret_is_set() -> None:
    cookie = cookie_from(Visitors(Settings(secret="s")), asked())
    assert Visitors(Settings(secret="s")).visitor(asked(cookie=cookie)).known
    assert not Visitors(Settings()).visitor(asked(cookie=cookie)).known


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        ((), "6.6.6.6", "10.0.0.1"),
        (("10.0.0.1",), "6.6.6.6", "6.6.6.6"),
        (("10.0.0.1",), "1.2.3.4, 6.6.6.6", "6.6.6.6"),
        (("10.0.0.1", "10.0.0.9"), "1.2.3.4, 6.6.6.6, 10.0.0.9", "6.6.6.6"),
        (("10.0.0.1",), None, "10.0.0.1"),
    ],
)
def test_an_address_is_the_last_that_no_trusted_proxy_has(
    proxies: tuple[str, ...], forwarded: str | None, expected: str
) -> None:
    visitors = Visitors(Settings(trusted_proxies=proxies))
    assert visitors.visitor(asked(forwarded=forwarded)).address == expected


def test_an_address_that_a_proxy_adds_in_a_header_of_its_own_is_the_last_one() -> None:
    connection = asked(forwarded="1.2.3.4")
    connection.scope["headers"].append((b"x-forwarded-for", b"6.6.6.6"))
    assert Visitors(Settings(trusted_proxies=("10.0.0.1",))).visitor(connection).address == "6.6.6.6"


def test_only_a_trusted_proxy_says_that_the_browser_speaks_tls() -> None:
    connection = asked(proto="https")
    assert not Visitors(Settings()).secure(connection)
    trusting = Visitors(Settings(trusted_proxies=("10.0.0.1",)))
    assert trusting.secure(connection)
    response = Response()
    trusting.greet(connection, response)
    assert "Secure" in response.headers["set-cookie"]


async def test_a_browser_that_asks_too_much_is_refused_and_its_neighbour_is_not() -> None:
    visitors = Visitors(Settings(submits_per_minute=2))
    greedy, neighbour = (visitors.visitor(asked(cookie=cookie_from(visitors, asked()))) for _ in range(2))
    assert [await visitors.may_submit(greedy) for _ in range(3)] == [True, True, False]
    assert await visitors.may_submit(neighbour)


async def test_an_address_has_a_ceiling_for_all_its_browsers() -> None:
    visitors = Visitors(Settings(submits_per_minute_per_address=3))
    school = [visitors.visitor(asked(cookie=cookie_from(visitors, asked()))) for _ in range(4)]
    assert [await visitors.may_submit(pupil) for pupil in school] == [True, True, True, False]
    assert await visitors.may_submit(visitors.visitor(asked("10.0.0.2")))


async def test_a_class_of_500_and_a_notebook_of_300_runs_pass_with_the_defaults() -> None:
    visitors = Visitors(Settings())
    school = [visitors.visitor(asked(cookie=cookie_from(visitors, asked()))) for _ in range(500)]
    assert all([await visitors.may_submit(pupil) for pupil in school])
    assert all(visitors.open_socket(pupil) is None for pupil in school)
    notebook = visitors.visitor(asked("127.0.0.1"))
    assert all([await visitors.may_submit(notebook) for _ in range(300)])
    assert all(visitors.open_socket(notebook) is None for _ in range(300))
    assert visitors.owner(notebook).most_runs >= 300


def fresh(visitors: Visitors, address: str = "10.0.0.1") -> Visitor:
    """A browser that has just been given its cookie."""
    return visitors.visitor(asked(address, cookie=cookie_from(visitors, asked(address))))


def test_fresh_cookies_do_not_pass_the_ceiling_of_their_address() -> None:
    """With the defaults, from one place: sockets of 200 browsers, and the accounts that their runs go on."""
    settings = Settings()
    visitors = Visitors(settings)
    browsers = [fresh(visitors) for _ in range(200)]
    opened = [browser for browser in browsers for _ in range(20) if visitors.open_socket(browser) is None]
    assert len(opened) == settings.max_sockets_per_address < settings.max_sockets
    refusal = visitors.open_socket(fresh(visitors))
    assert refusal is not None and refusal.code == "place-connections"
    assert all(visitors.open_socket(fresh(visitors, "10.9.9.9")) is None for _ in range(500))
    places = {visitors.owner(browser).place for browser in browsers}
    assert len(places) == 1
    assert visitors.owner(browsers[0]).most_at_place < settings.max_runs
    assert visitors.owner(fresh(visitors, "10.9.9.9")).place not in places
    for browser in opened:
        visitors.close_socket(browser)
    assert visitors.open_sockets == 500


def test_who_has_no_cookie_shares_the_account_of_the_address() -> None:
    visitors = Visitors(Settings())
    browser, program = fresh(visitors), visitors.visitor(asked())
    assert visitors.owner(program).name == visitors.owner(browser).place
    assert "10.0.0.1" not in visitors.owner(browser).accounts


def test_a_network_of_ipv6_is_one_place() -> None:
    for one, other, same in (
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:10.0.0.1", "10.0.0.1", True),
        ("10.0.0.1", "10.0.0.2", False),
        ("unknown", "unknown", True),
    ):
        assert (network_of(one) == network_of(other)) is same


def test_sockets_are_counted_per_browser_and_in_all_and_given_back() -> None:
    visitors = Visitors(Settings(max_sockets=3, max_sockets_per_visitor=2))
    one, two = (visitors.visitor(asked(cookie=cookie_from(visitors, asked()))) for _ in range(2))
    assert [visitors.open_socket(one) for _ in range(2)] == [None, None]
    assert "2 connections" in str(visitors.open_socket(one))
    assert visitors.open_socket(two) is None
    assert "3 viewers" in str(visitors.open_socket(two))
    visitors.close_socket(one)
    assert visitors.open_socket(two) is None
    for visitor in (one, two, two):
        visitors.close_socket(visitor)
    assert not visitors.sockets
