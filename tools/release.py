"""Set the version everywhere at once, or say whether everything has it.

Usage: python tools/release.py set 0.2.0      in pyproject.toml, CITATION.cff, codemeta.json, .zenodo.json and
                                              CHANGELOG.md
       python tools/release.py check v0.2.0   exit code 1 unless all of them have the version of this tag
       python tools/release.py notes 0.2.0    print what the changelog says of a version

Nothing is written unless all of it can be.
"""

import datetime
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FORM = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")
# In each file, the line that holds the version; the group is what stays.
PLACES = {
    "pyproject.toml": r'(?m)^(version = )"[^"]*"$',
    "CITATION.cff": r"(?m)^(version: ).*$",
    "codemeta.json": r'(?m)^(  "version": )"[^"]*"',
    ".zenodo.json": r'(?m)^(  "version": )"[^"]*"',
}
CHANGELOG = "CHANGELOG.md"
UNRELEASED = "## Unreleased\n"


def numbers(version: str) -> tuple[int, ...]:
    """Return the three numbers of a version."""
    if not FORM.fullmatch(version):
        raise SystemExit(f"A version is three numbers such as 0.2.0, got {version!r}.")
    return tuple(map(int, version.split(".")))


def found(root: Path) -> dict[str, str]:
    """Return the version that each file has."""
    versions = {}
    for name, pattern in PLACES.items():
        matches = [match[0] for match in re.finditer(pattern, (root / name).read_text(encoding="utf-8"))]
        if len(matches) != 1:
            raise SystemExit(f"{name} must hold its version once, not {len(matches)} times.")
        versions[name] = re.split(r'[:=]\s*"?', matches[0])[-1].strip('"')
    return versions


def version_of(root: Path) -> str:
    """Return the one version that all files have."""
    versions = {*found(root).values()}
    if len(versions) != 1:
        raise SystemExit(f"The files do not agree on the present version: {sorted(versions)}")
    return versions.pop()


def section(root: Path, version: str) -> str:
    """Return what the changelog says of a version, or nothing if it has no such section."""
    text = (root / CHANGELOG).read_text(encoding="utf-8")
    title = "Unreleased" if version == "Unreleased" else rf"{re.escape(version)} - \d{{4}}-\d\d-\d\d"
    match = re.search(rf"(?ms)^## {title}\n(.*?)(?=^## |\Z)", text)
    return match[1].strip() if match else ""


def set_version(root: Path, version: str, day: datetime.date) -> None:
    """Write the version into all files."""
    present = version_of(root)
    if section(root, version):
        raise SystemExit(f"{CHANGELOG} has a section of {version} already.")
    if numbers(version) < numbers(present) or (version == present and section(root, present)):
        raise SystemExit(f"The new version must be later than {present}, got {version}.")
    if not section(root, "Unreleased"):
        raise SystemExit(f"{CHANGELOG} says nothing under 'Unreleased': what is new in {version}?")
    texts = {name: (root / name).read_text(encoding="utf-8") for name in [*PLACES, CHANGELOG]}
    for name, pattern in PLACES.items():
        quote = "" if name.endswith(".cff") else '"'
        texts[name] = re.sub(pattern, rf"\g<1>{quote}{version}{quote}", texts[name])
    cff = re.sub(r"(?m)^date-released: .*\n", "", texts["CITATION.cff"])
    texts["CITATION.cff"] = re.sub(r"(?m)^(version: .*\n)", rf"\1date-released: {day}\n", cff)
    texts[CHANGELOG] = texts[CHANGELOG].replace(UNRELEASED, f"{UNRELEASED}\n## {version} - {day}\n", 1)
    for name, text in texts.items():
        (root / name).write_text(text, encoding="utf-8")
    print(f"Everything says {version}. Commit that, then: git tag v{version}, and push the tag.")


def check(root: Path, tag: str) -> None:
    """Refuse a tag that is not what the files say."""
    numbers(tag.removeprefix("v"))
    wrong = {name: version for name, version in found(root).items() if f"v{version}" != tag}
    if wrong:
        raise SystemExit(f"The tag is {tag}, but these differ: {wrong}")
    if not section(root, tag[1:]):
        raise SystemExit(f"{CHANGELOG} has no section of {tag[1:]}: make release VERSION={tag[1:]}")


def main(arguments: list[str], root: Path = ROOT) -> int:
    """Do what is asked; return the exit code."""
    match arguments:
        case ["set", version]:
            set_version(root, version, datetime.datetime.now(datetime.UTC).date())
        case ["check", tag]:
            check(root, tag)
        case ["notes", version]:
            print(section(root, version))
            return int(not section(root, version))
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
