"""A written document apart from any file format: sections of lines, tables and charts, with numbered footnotes."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from copilot.domain.value import Value


class Line(Value):
    """Some text; `lead` stands out before it, `notes` are the numbers of its footnotes, counted from 1."""

    lead: str = ""
    text: str
    notes: tuple[int, ...] = ()

    @property
    def whole(self) -> str:
        return f"{self.lead} {self.text}" if self.lead else self.text


class Paragraph(Value):
    """`tone`: "open" asks for what is missing, "aside" explains."""

    type: Literal["paragraph"] = "paragraph"
    line: Line
    tone: Literal["plain", "open", "aside"] = "plain"


class Bullets(Value):
    type: Literal["bullets"] = "bullets"
    lines: tuple[Line, ...] = Field(min_length=1)


class Subheading(Value):
    type: Literal["subheading"] = "subheading"
    text: str


class Table(Value):
    """Every row has a cell for every column; the first is the row's heading. `numeric` columns stand to the right."""

    type: Literal["table"] = "table"
    caption: str
    columns: tuple[str, ...] = Field(min_length=1)
    rows: tuple[tuple[Line, ...], ...]
    numeric: tuple[int, ...] = ()


class Series(Value):
    """A figure per category; None is a gap. `firm` is drawn solid, what is not is hatched."""

    name: str
    values: tuple[float | None, ...]
    firm: bool = True


class Chart(Value):
    """Stacked columns over categories, or bars beside them. The title is the question that it answers."""

    type: Literal["chart"] = "chart"
    title: str
    unit: str
    form: Literal["columns", "bars"]
    categories: tuple[str, ...]
    series: tuple[Series, ...]


Block = Annotated[Paragraph | Bullets | Subheading | Table | Chart, Field(discriminator="type")]


class Section(Value):
    title: str
    blocks: tuple[Block, ...] = Field(min_length=1)


class Document(Value):
    title: str
    subtitle: str
    language: str = "en"
    sections: tuple[Section, ...]
    footnotes: tuple[str, ...] = ()
