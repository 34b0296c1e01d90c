"""Logistic regression in plain Python: few features, a thousand rows, a ridge; small enough to be read.

Newton's method (iteratively reweighted least squares), as in Hastie, Tibshirani and Friedman, «The Elements of
Statistical Learning», 4.4. Rows are sparse: a mapping of the features that are there. The bias is not shrunk.
"""

import math
from collections.abc import Mapping, Sequence

Row = Mapping[str, float]
BIAS = ""
"""The name of the feature that every row has."""

STEPS = 30
ENOUGH = 1e-8


def fit(rows: Sequence[Row], labels: Sequence[bool], *, ridge: float, towards: Row | None = None) -> dict[str, float]:
    """Return the weight of each feature, and of BIAS; `ridge` draws weights to nought or to `towards`.

    The loss is the sum of the rows' logistic losses and of ridge / 2 times the squared distance of each weight.
    """
    names = [BIAS, *sorted({name for row in rows for name in row})]
    place = {name: at for at, name in enumerate(names)}
    sparse = [[(0, 1.0), *((place[name], value) for name, value in row.items())] for row in rows]
    goal = [(towards or {}).get(name, 0.0) for name in names]
    weights = list(goal)
    for _ in range(STEPS):
        step = _solved(*_newton(sparse, labels, weights, goal, ridge))
        weights = [weight - change for weight, change in zip(weights, step, strict=True)]
        if max(map(abs, step)) < ENOUGH:
            break
    return dict(zip(names, weights, strict=True))


def log_odds(weights: Row, row: Row) -> float:
    """Return what the weights say of a row; features they do not know say nothing."""
    return weights.get(BIAS, 0.0) + sum(weights.get(name, 0.0) * value for name, value in row.items())


def _newton(
    rows: list[list[tuple[int, float]]], labels: Sequence[bool], weights: list[float], goal: list[float], ridge: float
) -> tuple[list[list[float]], list[float]]:
    """The loss's second and first derivatives."""
    size = len(weights)
    curve = [[0.0] * size for _ in range(size)]
    slope = [0.0] * size
    for at in range(1, size):
        curve[at][at] = ridge
        slope[at] = ridge * (weights[at] - goal[at])
    curve[0][0] = 1e-9
    for row, label in zip(rows, labels, strict=True):
        likely = 1 / (1 + math.exp(-max(-30.0, min(30.0, sum(weights[at] * value for at, value in row)))))
        for at, value in row:
            slope[at] += (likely - label) * value
            for other, more in row:
                curve[at][other] += likely * (1 - likely) * value * more
    return curve, slope


def _solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Gauss's elimination with the greatest pivot."""
    size = len(right)
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for at in range(size):
        best = max(range(at, size), key=lambda row: abs(rows[row][at]))
        rows[at], rows[best] = rows[best], rows[at]
        for below in range(at + 1, size):
            factor = rows[below][at] / rows[at][at]
            if factor:
                rows[below] = [a - factor * b for a, b in zip(rows[below], rows[at], strict=True)]
    solved = [0.0] * size
    for at in reversed(range(size)):
        known = sum(rows[at][other] * solved[other] for other in range(at + 1, size))
        solved[at] = (rows[at][size] - known) / rows[at][at]
    return solved
