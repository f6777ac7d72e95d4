"""The command line: ``serve``, ``train`` and ``worker``. Parses arguments, prints, and leaves the rest to others."""

from __future__ import annotations

import asyncio
import errno
import json
import os
import re
import sys
import webbrowser
from pathlib import Path
from typing import Any

import click
from pydantic import ValidationError

from . import __version__
from .nn.errors import SpecError
from .nn.reading import as_document, from_document
from .nn.spec import COSTS, INITIALISATIONS, OUTPUTS, RULES, RunSpec
from .settings import PREFIX, SECRETS, Settings, described, misspelt

__all__ = ["main"]


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="%(version)s")
def main() -> None:
    """Softmax Playground: understand the softmax output layer by touching it."""


def settings_table() -> str:
    """All settings, for ``serve --help``."""
    rows = "\n".join(f"  {name} [{default}]\n      {sentence}" for name, default, sentence in described())
    return f"\b\nEnvironment variables:\n{rows}"


def read_settings(**given: Any) -> Settings:
    """The settings, those given on the command line before the environment's; ends with words where one is wrong."""
    wrong = misspelt(os.environ)
    for name, nearest in wrong:
        click.echo(f"There is no setting {name}; the nearest is {nearest}.", err=True)
    if wrong:
        sys.exit(2)
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        for fault in error.errors():
            field = str(fault["loc"][0])
            value = "" if field in SECRETS else f" is {fault['input']!r}"
            click.echo(f"{PREFIX}{field.upper()}{value}: {fault['msg'].removeprefix('Value error, ')}", err=True)
        sys.exit(2)


def said_of(error: OSError, settings: Settings) -> str:
    """Why the server cannot listen, and what to do."""
    words = f"cannot listen on {settings.host}:{settings.port}: {error.strerror or error}"
    if error.errno != errno.EADDRINUSE:
        return words
    other = settings.port + 1 if settings.port < 65535 else 8000
    return (
        f"{words}. Another program has the port, perhaps another playground; take another one: "
        f"`make run PORT={other}`, `softmax-playground serve --port {other}`, or PLAYGROUND_PORT={other}"
    )


SEVERAL = (
    "The embedded engine serves one web process, and WEB_CONCURRENCY asks for several: each would know only its own "
    "runs. Give PLAYGROUND_ENGINE the URL of a Redis that they share, and start each of them and `softmax-playground "
    "worker` with it."
)
NO_SECRET = (
    "PLAYGROUND_SECRET is empty: each web process that shares this Redis signs cookies with a key of its own, and "
    "knows no browser that another has greeted. Give all of them one and the same secret."
)
ALONE = (
    "The embedded engine trains in processes of its own and needs no worker. Give PLAYGROUND_ENGINE the URL of the "
    "Redis that this worker shares with the web processes, as in redis://host:6379/0."
)


@main.command(epilog=settings_table())
@click.option("--host", help="Address to listen on  [127.0.0.1]")
@click.option("--port", type=int, help="Port to listen on; 0: any free one  [8000]")
@click.option("--open", "open_browser", is_flag=True, help="Open the browser when the server is ready.")
def serve(host: str | None, port: int | None, open_browser: bool) -> None:
    """Serve the playground until Ctrl+C."""
    settings = read_settings(host=host, port=port)
    if settings.engine == "embedded" and os.environ.get("WEB_CONCURRENCY", "1") not in ("", "0", "1"):
        click.echo(SEVERAL, err=True)
        sys.exit(2)

    if settings.engine != "embedded" and not settings.secret:
        click.echo(NO_SECRET, err=True)

    def announce(addresses: list[str]) -> None:
        click.echo(f"Softmax Playground is ready: {' or '.join(addresses)}  (Ctrl+C ends it)")
        if open_browser:
            webbrowser.open(addresses[-1])

    try:
        from .bootstrap import serve as serve_until_signal  # takes a moment, in which Ctrl+C may come

        serve_until_signal(settings, announce)
    except RuntimeError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    except OSError as error:
        click.echo(said_of(error, settings), err=True)
        sys.exit(2)
    except KeyboardInterrupt:
        return


@main.command()
@click.option("--processes", type=int, help="Processes that train  [PLAYGROUND_WORKERS: cores − 1]")
@click.option("--check", is_flag=True, help="Only say whether a worker of this machine has a lease in Redis now.")
def worker(processes: int | None, check: bool) -> None:
    """Train runs of web processes that share a Redis, PLAYGROUND_ENGINE, until Ctrl+C."""
    settings = read_settings(workers=processes)
    if settings.engine == "embedded":
        click.echo(ALONE, err=True)
        sys.exit(2)
    if check:
        from .engines.shared.check import worker_is_alive

        words = asyncio.run(worker_is_alive(settings.engine))
        click.echo(words or "ok", err=words is not None)
        sys.exit(words is not None)
    from .bootstrap import work

    try:
        work(settings, lambda count: click.echo(f"A worker with {count} processes is ready  (Ctrl+C ends it)"))
    except RuntimeError as error:
        click.echo(str(error), err=True)
        sys.exit(1)


DEFAULTS = RunSpec()


@main.command()
@click.option("--dataset", default=DEFAULTS.dataset, show_default=True, help="A data set's name, or a JSON file.")
@click.option("--hidden", default="5", show_default=True, help="Units of each hidden layer, with commas; '' for none.")
@click.option("--output", type=click.Choice(OUTPUTS), default=DEFAULTS.output, show_default=True)
@click.option("--cost", type=click.Choice(COSTS), default=DEFAULTS.cost, show_default=True)
@click.option("--rule", type=click.Choice(RULES), default=DEFAULTS.rule, show_default=True)
@click.option("--initialisation", default="article", show_default=True, help=f"{', '.join(INITIALISATIONS)} or a file.")
@click.option("--output-bias/--no-output-bias", default=True, show_default=True)
@click.option("--epochs", type=int, default=DEFAULTS.epochs, show_default=True)
@click.option("--eta", type=float, default=DEFAULTS.eta, show_default=True, help="Learning rate.")
@click.option("--batch-size", type=int, default=None, help="Samples in a mini-batch  [all]")
@click.option("--seed", type=int, default=DEFAULTS.seed, show_default=True)
@click.option("--pace", type=float, default=None, help="Epochs a second  [as fast as it goes]")
@click.option("--csv", "csv_file", type=click.Path(path_type=Path), help="Write epoch and cost to this file.")
def train(csv_file: Path | None, **fields: Any) -> None:
    """Train one run here in the terminal, with the same spec as on the page."""
    from .terminal import train_in_terminal

    try:
        spec = from_document(document_from(fields))
        if not train_in_terminal(spec, csv_file):
            sys.exit(1)
    except (SpecError, OSError) as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)


def document_from(fields: dict[str, Any]) -> dict[str, Any]:
    """The options as the JSON document that the run spec is read from."""
    for name in ("dataset", "initialisation"):
        if str(fields[name]).endswith(".json"):
            fields[name] = json_file(name, Path(fields[name]))
    units = [part.strip() for part in fields["hidden"].split(",") if part.strip()]
    fields["hidden"] = [int(part) if re.fullmatch("[0-9]{1,9}", part) else part for part in units]
    unknown = set(fields) - set(as_document(DEFAULTS))
    assert not unknown, f"options that are no fields of the spec: {unknown}"
    return fields


def json_file(field: str, path: Path) -> Any:
    """What a JSON file holds; raises SpecError for one that is none, OSError for one that cannot be read."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError):
        raise SpecError(field, str(path), "json-file") from None


if __name__ == "__main__":
    main()
