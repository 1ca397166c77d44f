"""The picture of the package: weights that circle and never settle."""

from math import cos, pi, sin

from PIL import Image, ImageDraw

SIZE, SHARP = 256, 4
NIGHT = (24, 28, 44)
ORBITS = 14
WARM, COLD = (255, 190, 92), (86, 156, 255)


def draw() -> Image.Image:
    side = SIZE * SHARP
    image = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((0, 0, side - 1, side - 1), side // 5, NIGHT)
    for k in range(ORBITS):
        turn, share = pi * k / ORBITS, k / (ORBITS - 1)
        mixed = [round(w + (c - w) * share) for w, c in zip(WARM, COLD, strict=True)]
        pen.line(orbit(side, turn), (mixed[0], mixed[1], mixed[2]), SHARP * 2, "curve")
    return image.resize((SIZE, SIZE), Image.Resampling.LANCZOS)


def orbit(side: int, turn: float) -> list[tuple[float, float]]:
    """A narrow ellipse, turned."""
    points = []
    for k in range(361):
        x, y = 0.38 * cos(2 * pi * k / 360), 0.13 * sin(2 * pi * k / 360)
        points.append((side * (0.5 + x * cos(turn) - y * sin(turn)),
                       side * (0.5 + x * sin(turn) + y * cos(turn))))  # fmt: skip
    return points
