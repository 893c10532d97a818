"""`overheard utm`: the tags of links, checked and built."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from urllib.parse import urlsplit

import click
from sqlalchemy import Connection

from config.settings import Settings
from listener.tables import decode
from listener.utm import Link, LinkError, TagProblem, build, check_links, check_values, links_in
from notifier.wording import several
from overheard.app import App, open_app
from overheard.campaigns.reconciliation import speakers
from overheard.cli.described import described_group
from overheard.cli.group import PARTLY
from overheard.cli.options import config_option, format_option, settings_here
from overheard.errors import WrongUseError
from overheard.tables import clean, print_json
from storage.tagged_links import result_tags, tagged_texts

_PACKED = b"PK\x03\x04"
_WEB = ("http://", "https://")


@described_group(
    "utm",
    "overheard utm check https://acme.example/?utm_source=Google",
    "overheard utm check newsletter.html --on https://acme.example/",
    "overheard utm build https://acme.example/ --source google --medium cpc --campaign spring-sale",
)
def command() -> None:
    """UTM tags tell analytics who sent a visitor, how, and for which campaign; spelling and capitals count."""


@command.command()
@click.argument("targets", nargs=-1, metavar="[URL|FILE]...")
@config_option
@click.option("--on", "page", metavar="URL", default=None, help="Page on which the links stand, to find internal ones.")
@format_option("table", "json")
def check(targets: tuple[str, ...], config_path: Path, page: str | None, output: str) -> int:
    """Say what is wrong with the tags of links.

    That is case, blanks, missing or misspelt parts, links within your own site, and spellings that differ. A FILE is
    any text with links in it. Without URL or FILE, the tagged links of stored mentions and the tags of imported results
    are checked, those in the links of ads and posts among them. Ends with 4 when something is wrong.
    """
    if page is not None and not page.lower().startswith(_WEB):
        raise WrongUseError(f"--on {page}: not a web address; write it with https:// in front")
    if targets:
        links = [link for target in targets for link in _links(target, page)]
        try:
            problems = check_links(links, _domains(settings_here(config_path)))
        except LinkError as problem:
            raise WrongUseError(f"--on {problem}") from None
    else:
        with open_app(config_path, create=False) as app, app.database.read() as conn:
            links = list(_stored(conn))
            problems = [
                *check_links(links, _domains(app.settings)),
                *check_values(_of_results(app, conn)),
            ]
    _print(links, problems, output)
    return PARTLY if problems else 0


@command.command("build")
@click.argument("url")
@click.option("--source", "utm_source", required=True, help="Who sends the visitor: google, newsletter-july.")
@click.option("--medium", "utm_medium", required=True, help="How: cpc, email, paid-social.")
@click.option("--campaign", "utm_campaign", required=True, help="For which campaign.")
@click.option("--term", "utm_term", default=None, help="Keyword that was paid for.")
@click.option("--content", "utm_content", default=None, help="Variant: which ad, button or picture.")
@click.option("--id", "utm_id", default=None, help="Id of the campaign, to join costs with.")
@config_option
def build_command(*, url: str, config_path: Path, **tags: str | None) -> None:
    """Print a link with its tags.

    They are written in lower case and with hyphens; other parameters and the fragment stay. Where a config names the
    `domains` of your brands, a link that leads elsewhere is told, as its visits are not yours to see.
    """
    try:
        click.echo(build(url, {name: value for name, value in tags.items() if value is not None}))
    except LinkError as problem:
        raise WrongUseError(str(problem)) from None
    own = _domains(settings_here(config_path))
    host = urlsplit(url).hostname or ""
    if own and not any(host == domain or host.endswith(f".{domain}") for domain in own):
        click.echo(f"note: {host} is none of your own sites ({', '.join(own)})", err=True)


def _links(target: str, page: str | None) -> Iterator[Link]:
    """Give the links that an argument means: itself, or those in the file that it names."""
    if target.lower().startswith(_WEB):
        yield Link(target, "the link given", page)
        return
    try:
        content = Path(target).read_bytes()
    except (OSError, ValueError):
        raise WrongUseError(f"{target}: neither a link nor a file; write links with https:// in front") from None
    if content.startswith(_PACKED):
        remedy = "save it as text, or import it and leave the file out here"
        raise WrongUseError(f"{target}: a workbook or a zip file, in which no link is seen; {remedy}")
    for number, line in enumerate(decode(content).splitlines(), 1):
        for url in links_in(line):
            yield Link(url, f"{target}, line {number}", page)


def _stored(conn: Connection) -> Iterator[Link]:
    for source, native_id, url, text in tagged_texts(conn):
        found = [link for link in links_in(text) if "utm_" in link.lower()]
        found += [url] if url is not None and "utm_" in url.lower() else []
        yield from (Link(link, f"{source} {native_id}") for link in dict.fromkeys(found))


def _of_results(app: App, conn: Connection) -> Iterator[tuple[str, dict[str, str]]]:
    """Give the tags of imported results. A CRM writes the names of networks in its own way: its sources are no tags."""
    known = speakers(app)
    for platform, tags in result_tags(conn):
        own = {"utm_source"} if platform in known and known[platform].role == "crm" else set()
        yield f"results of {platform}", {name: value for name, value in tags.items() if name not in own}


def _domains(settings: Settings | None) -> list[str]:
    """Give the sites of our own brands."""
    brands = settings.brands if settings else ()
    return [domain for brand in brands if brand.role == "own" for domain in brand.domains]


def _print(links: Sequence[Link], problems: Sequence[TagProblem], output: str) -> None:
    if output == "json":
        print_json({"links": len(links), "problems": [asdict(problem) for problem in problems]})
        return
    for problem in problems:
        about = f"{problem.tag}: " if problem.tag else ""
        click.echo(clean(f"{problem.where}: {about}{problem.what}; {problem.remedy}  {problem.link}".rstrip()))
    counted = f"{several(len(links), 'link')} checked, {several(len(problems), 'problem')}"
    click.echo(counted if links or problems else "no tagged links")
