"""Rows of invented budgets, drawn by seed, so that each document has its own and always the same."""

from __future__ import annotations

import random
import tomllib
from pathlib import Path

POOL = tomllib.loads((Path(__file__).parent / "pool.toml").read_text(encoding="utf-8"))


def services(seed: int, count: int) -> list[tuple[str, str, str, str, str]]:
    """`count` rows of service, provider, provision, mechanism, reach."""
    dice = random.Random(seed)
    chosen = dice.sample(POOL["services"], count)
    bodies = [dice.choice(POOL["providers"]) for _ in chosen]
    return [
        (name, body, what, dice.choice(POOL["mechanisms"]), dice.choice(POOL["reaches"]))
        for (name, what), body in zip(chosen, bodies, strict=True)
    ]


def projects(seed: int, count: int) -> list[tuple[str, str, str]]:
    """`count` rows of provider, project, what it does; no provider twice."""
    dice = random.Random(seed)
    bodies = dice.sample(POOL["providers"], count)
    chosen = dice.sample(POOL["projects"], count)
    return [(body, name, what) for body, (name, what) in zip(bodies, chosen, strict=True)]


def sums(seed: int, count: int, low: int, high: int, step: int = 1) -> list[int]:
    """`count` whole numbers between `low` and `high`, multiples of `step`."""
    dice = random.Random(seed)
    return [dice.randrange(low // step, high // step) * step for _ in range(count)]
