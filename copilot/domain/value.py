"""The base of every value that is logged, shown or read from a file."""

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """Frozen and closed: a value never changes, and an unknown field is a mistake.

    The same values are kept inside, logged and sent to panels: one shape, and no copying between shapes.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
