"""ontology/appearance.ttl keeps its word: contrast, and looks that colour-blind eyes tell apart."""

from __future__ import annotations

import itertools

import pytest

from kg.ontology import EntityClass, load_ontology

CLASSES = load_ontology().classes
LIGHT, DARK = "#ffffff", "#15171a"  # the grounds of explorer.css

# Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB.
VISION = {
    "full": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
_XYZ = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
_WHITE = (0.9505, 1.0, 1.089)

Triple = tuple[float, float, float]


def linear(color: str) -> Triple:
    red, green, blue = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return _each(red), _each(green), _each(blue)


def _each(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def times(matrix: tuple[Triple, Triple, Triple], vector: Triple) -> Triple:
    first, second, third = (sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)
    return first, second, third


def lab(color: str, vision: str) -> Triple:
    seen = times(VISION[vision], linear(color))
    red, green, blue = (min(1.0, max(0.0, value)) for value in seen)
    x, y, z = (
        value ** (1 / 3) if value > 0.008856 else 7.787 * value + 16 / 116
        for value in (v / w for v, w in zip(times(_XYZ, (red, green, blue)), _WHITE, strict=True))
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def difference(a: str, b: str, vision: str) -> float:
    pairs = zip(lab(a, vision), lab(b, vision), strict=True)
    return float(sum((p - q) ** 2 for p, q in pairs) ** 0.5)


def contrast(a: str, b: str) -> float:
    high, low = sorted((times(_XYZ, linear(color))[1] for color in (a, b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", CLASSES)
def test_a_class_stands_out_from_both_grounds(name: str) -> None:
    assert contrast(CLASSES[name].color, LIGHT) >= 4.5
    assert contrast(CLASSES[name].dark_color, DARK) >= 4.5


def test_colour_and_shape_together_are_unique() -> None:
    looks = {(known.color, known.shape) for known in CLASSES.values()}
    assert len(looks) == len(CLASSES)


@pytest.mark.parametrize("vision", VISION)
def test_classes_of_one_shape_differ_in_colour_for_every_eye(vision: str) -> None:
    def alike(a: EntityClass, b: EntityClass) -> bool:
        return a.shape == b.shape and (
            difference(a.color, b.color, vision) < 15
            or difference(a.dark_color, b.dark_color, vision) < 15
        )

    pairs = itertools.combinations(CLASSES.values(), 2)
    assert [(a.name, b.name) for a, b in pairs if alike(a, b)] == []
