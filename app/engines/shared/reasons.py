"""Why Redis does not do what it is asked, in a sentence for whoever runs it. Addresses and names are not told: whoever
asks the web process for something reads the sentence, too.
"""

from __future__ import annotations

import os
import socket
import ssl
from collections.abc import Iterator

from redis import exceptions

__all__ = ["evicting", "reason"]

SUBJECT = "the Redis that keeps all runs"
KINDS: tuple[tuple[type[exceptions.RedisError], str], ...] = (
    (exceptions.OutOfMemoryError, "has no memory left: raise its maxmemory, or lower PLAYGROUND_RECORD_MEGABYTES"),
    (exceptions.BusyLoadingError, "is still reading its own records; it will answer when it has"),
    (exceptions.ReadOnlyError, "is a replica and takes no writes: PLAYGROUND_ENGINE has to name the primary"),
)
PHRASES: tuple[tuple[str, str], ...] = (
    ("without any password", "has no password, and PLAYGROUND_ENGINE names one"),
    ("authentication required", "wants a password, and PLAYGROUND_ENGINE names none"),
    ("unauthenticated", "wants a password, and PLAYGROUND_ENGINE names none"),
    ("user is disabled", "refuses the user name or the password in PLAYGROUND_ENGINE"),
    ("invalid password", "refuses the user name or the password in PLAYGROUND_ENGINE"),
    ("unknown command", "has no functions: it has to be Redis 7 or newer"),
    ("max number of clients", "has no connection left: raise its maxclients"),
    ("db index is out of range", "has no database of the number that PLAYGROUND_ENGINE names"),
    ("no space left", "cannot write to its disk"),
    ("misconf", "cannot write to its disk"),
    ("unable to persist", "cannot write to its disk"),
    ("errors writing to the aof", "cannot write to its disk"),
)
FORBIDDEN = (
    "does not allow its user all that is needed: the user in PLAYGROUND_ENGINE needs the keys and the channels "
    "playground:*, and the commands that docs/engine.md lists"
)
NOT_TRUSTED = "shows a certificate that is not trusted here"
NO_TLS = "does not speak TLS as PLAYGROUND_ENGINE has it (rediss://)"
EVICTING = "may drop runs to make space, because its maxmemory-policy is {}: it has to be noeviction"


def reason(error: BaseException) -> str:
    """The sentence for an error of the client's, or of the machine's."""
    return f"{SUBJECT} {predicate(error)}"


def evicting(policy: str) -> str:
    """The sentence for a Redis that may forget what it was given."""
    return f"{SUBJECT} {EVICTING.format(policy)}"


def predicate(error: BaseException) -> str:
    """What is to be said of Redis."""
    text = str(error).lower()
    for kind, words in KINDS:
        if isinstance(error, kind):
            return words
    for phrase, words in PHRASES:
        if phrase in text:
            return words
    if isinstance(error, exceptions.NoPermissionError) or "the user executing the script can't" in text:
        return FORBIDDEN
    if isinstance(error, exceptions.AuthenticationError):
        return "refuses the user name or the password in PLAYGROUND_ENGINE"
    if isinstance(error, exceptions.ResponseError):
        return f"cannot do it now: {str(error).splitlines()[0][:200]}"
    return unreachable(error)


def unreachable(error: BaseException) -> str:
    """What is to be said of a line that does not stand."""
    for cause in causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return f"{NOT_TRUSTED}: {cause.verify_message}"
        if isinstance(cause, ssl.SSLError):
            return NO_TLS
        if isinstance(cause, socket.gaierror):
            return "does not answer (no machine has the name in PLAYGROUND_ENGINE); what is recorded is safe"
        if isinstance(cause, TimeoutError | exceptions.TimeoutError):
            return "does not answer in time; what is recorded is safe"
        if isinstance(cause, OSError) and cause.errno:
            return f"does not answer ({os.strerror(cause.errno).lower()}); what is recorded is safe"
    closed = "the line was closed" if isinstance(error, exceptions.ConnectionError) else type(error).__name__
    return f"does not answer ({closed}); what is recorded is safe"


def causes(error: BaseException | None) -> Iterator[BaseException]:
    """An error, and those behind it."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
