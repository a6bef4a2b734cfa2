"""What the documents say is so: a stranger who follows them finds what they promise.

A README ages in silence. So what can be looked up in it is looked up: its figures, the messages it says are
understood, its pictures and links, the version, and the numbers by which decisions are called.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.conversation.commands import COMMANDS
from bot.conversation.events import Said
from bot.flow import Companion
from tests.answering import answered
from tools.pictures import manifest
from tools.release_notes import main as release_notes
from tools.release_notes import releases
from tools.screenshots.scenes import SCENES

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
DECISIONS = (ROOT / "docs" / "decisions.md").read_text(encoding="utf-8")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), ROOT / "content" / "README.md"])
RELEASES = releases(CHANGELOG)


# --- the README


def quoted_messages() -> list[str]:
    """What stands in quotation marks in the left column of the table of what the bot does."""
    table = README.partition("| You write |")[2].partition("\n\n")[0]
    cells = [row.split("|")[1] for row in table.splitlines()[2:]]
    return [text for cell in cells for text in re.findall(r'"([^"]+)"', cell)]


MESSAGES = [text for text in quoted_messages() if not text.startswith("/")]


@pytest.mark.parametrize("text", MESSAGES)
def test_every_message_that_the_readme_quotes_is_understood(text: str, companion: Companion) -> None:
    nonsense = answered(companion, Said("qwertz")).text

    assert (answered(companion, Said(text)).text == nonsense) is (text == "qwertz")


def test_every_command_that_the_readme_quotes_is_one() -> None:
    quoted = {text[1:].split()[0] for text in quoted_messages() if text.startswith("/")}

    assert quoted
    assert quoted <= set(COMMANDS)


def test_the_counts_of_the_readme_are_those_that_the_check_prints(capsys: pytest.CaptureFixture[str]) -> None:
    claimed = re.search(
        r"(\d+) points, (\d+) complaints, (\d+) danger signs and (\d+) rules .* (\d+) routines", README
    )
    main(["check"])
    printed = {
        name: count for count, name in re.findall(r"^ *(\d+) (.+)$", capsys.readouterr().out, re.MULTILINE)
    }

    assert claimed.groups() == tuple(
        printed[name] for name in ("points", "complaints", "red flags", "rules", "routines")
    )


def test_the_readme_counts_the_pictures_that_are_there() -> None:
    assert f"{len(manifest.read())} pictures and short films" in README


def test_every_picture_beside_the_readme_is_shown_in_a_document() -> None:
    shown = {
        name for path in DOCUMENTS for name in re.findall(r"screenshots/([\w.-]+)", path.read_text("utf-8"))
    }

    assert {path.name for path in (ROOT / "docs" / "screenshots").iterdir()} == shown


def test_every_picture_beside_the_readme_can_be_made_anew() -> None:
    """`make screenshots` plays a scene for each, and for no other."""
    made = {f"{scene.name}.{'webp' if scene.film else 'png'}" for scene in SCENES}

    assert {path.name for path in (ROOT / "docs" / "screenshots").iterdir()} == made


def test_every_picture_of_the_readme_says_in_words_what_it_shows() -> None:
    tags = re.findall(r"<img [^>]*>", README)
    alternatives = [re.search(r'alt="([^"]*)"', tag)[1] for tag in tags] + re.findall(r"!\[(.*)\]", README)

    assert tags
    assert [words for words in alternatives if len(words.split()) < 5] == []


# --- links


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_to_a_file_leads_somewhere(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", text) + re.findall(r'src="([^"]+)"', text)

    files = [target for target in targets if not re.match(r"https?:|mailto:", target)]

    assert [file for file in files if not (document.parent / file).exists()] == []


# --- versions


def test_the_newest_entry_of_the_changelog_is_the_version_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert RELEASES[0].version == project["version"]


def test_every_heading_of_the_changelog_is_a_version_with_a_date_or_a_kind_of_change() -> None:
    versions = re.findall(r"^## (.*)$", CHANGELOG, re.MULTILINE)
    kinds = re.findall(r"^### (.*)$", CHANGELOG, re.MULTILINE)

    assert versions == [f"[{release.version}] - {release.date}" for release in RELEASES]
    assert set(kinds) <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


def test_versions_stand_newest_first_and_only_the_newest_may_be_without_a_date() -> None:
    numbers = [tuple(map(int, release.version.split("."))) for release in RELEASES]
    dates = [
        release.date for release in RELEASES if release is not RELEASES[0] or release.date != "unreleased"
    ]

    assert numbers == sorted(set(numbers), reverse=True)
    assert dates == sorted(dates, reverse=True)
    assert [date for date in dates if not re.fullmatch(r"\d{4}-\d\d-\d\d", date)] == []


def test_release_notes_are_those_of_one_version(capsys: pytest.CaptureFixture[str]) -> None:
    newest, oldest = RELEASES[0], RELEASES[-1]

    assert release_notes([f"v{oldest.version}"]) == 0

    printed = capsys.readouterr().out
    assert oldest.notes in printed
    assert newest.version not in printed
    assert "## [" not in printed


def test_release_notes_without_a_version_are_the_newest(capsys: pytest.CaptureFixture[str]) -> None:
    assert release_notes([]) == 0
    assert RELEASES[0].notes in capsys.readouterr().out


def test_a_version_that_is_not_told_of_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert release_notes(["99.0.0"]) == 1
    assert capsys.readouterr().err == "CHANGELOG.md tells of no version 99.0.0.\n"


# --- decisions


def test_decisions_are_numbered_one_after_the_other() -> None:
    numbers = [int(number) for number in re.findall(r"^## (\d+)\. ", DECISIONS, re.MULTILINE)]

    assert len(numbers) == len(re.findall(r"^## ", DECISIONS, re.MULTILINE))
    assert numbers == list(range(1, len(numbers) + 1))


def replacements() -> list[tuple[int, int]]:
    """The entries that say that they are replaced or bounded, each with the one that does it."""
    found = []
    for entry in re.split(r"^## ", DECISIONS, flags=re.MULTILINE)[1:]:
        number = int(entry.partition(".")[0])
        for said in re.findall(r"\b(?:replaced|bounded) by entry (\d+)", entry, re.IGNORECASE):
            found.append((number, int(said)))
    return found


@pytest.mark.parametrize(("old", "new"), replacements())
def test_an_entry_that_is_replaced_or_bounded_names_a_later_one_which_names_it(old: int, new: int) -> None:
    entry = re.search(rf"^## {new}\. .*?(?=^## |\Z)", DECISIONS, re.MULTILINE | re.DOTALL)

    assert new > old
    assert entry
    assert re.search(rf"\bentr(?:y|ies)\b[^.]*\b{old}\b", entry[0])
