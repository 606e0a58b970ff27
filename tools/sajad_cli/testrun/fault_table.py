"""What each fault cost: a row, and the table of all."""

from dataclasses import dataclass


@dataclass
class Row:
    """What was seen of one fault."""

    name: str
    acknowledged: int = 0
    refused: int = 0
    lost: int = 0
    twice: int = 0
    seconds: float = 0.0

    @property
    def wrong(self):
        """What must not be."""
        wrong = [f"{self.lost} acknowledged are lost"] if self.lost else []
        return wrong + ([f"{self.twice} were done twice"] if self.twice else [])


def table(rows):
    """The lines of the table."""
    head = f"{'fault':<44} {'done':>5} {'refused':>7} {'lost':>5} {'twice':>5} {'s':>6}"
    lines = [
        f"{row.name:<44} {row.acknowledged:>5} {row.refused:>7} {row.lost:>5} "
        f"{row.twice:>5} {row.seconds:>6.1f}"
        for row in rows
    ]
    return [head, *lines, "s: seconds until the next answer after the fault"]
