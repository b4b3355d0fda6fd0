"""What a letter is, before it becomes a page, a PDF or a document: lines and paragraphs, with blanks to fill by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Run:
    """A piece of a line. A blank is to be filled by hand, and marked as such; `said` are the person's own words."""

    text: str
    blank: bool = False
    said: bool = False


Line = tuple[Run, ...]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, the points of a list under it, and then the person's own words. `room` asks for empty lines on paper."""

    id: str
    line: Line
    items: tuple[Line, ...] = ()
    own: tuple[Line, ...] = ()
    source: str | None = None
    """The name of the parameter that it rests on."""
    room: bool = False


@dataclass(frozen=True)
class LetterText:
    """A whole letter in one language (`fr` or `de`)."""

    language: str
    title: str
    """For the file's properties: no name in it."""
    day: date
    sender: tuple[Line, ...]
    addressee: tuple[Line, ...]
    place: Line
    subject: Line
    greeting: str
    paragraphs: tuple[Paragraph, ...]
    closing: str
    signature: tuple[Line, ...]
    enclosures_title: str
    enclosures: tuple[Line, ...]

    @property
    def all_lines(self) -> tuple[Line, ...]:
        """Every line that is not ours alone, in order."""
        body = [line for part in self.paragraphs for line in (part.line, *part.items, *part.own)]
        return (*self.sender, *self.addressee, self.place, self.subject, *body, *self.signature, *self.enclosures)

    @property
    def blanks(self) -> tuple[str, ...]:
        """What is still to be filled by hand, each once."""
        return tuple(dict.fromkeys(run.text for line in self.all_lines for run in line if run.blank))
