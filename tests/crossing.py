"""Where a straight line meets a rectangle, for patches that are looked at as pictures."""


def goes_through(
    x1: float, y1: float, x2: float, y2: float,
    left: float, top: float, right: float, bottom: float,
) -> bool:  # fmt: skip
    """Whether the line has a point inside the rectangle (Liang and Barsky)."""
    enters, leaves = 0.0, 1.0
    for start, end, low, high in ((x1, x2, left, right), (y1, y2, top, bottom)):
        way = end - start
        if way == 0.0:
            if not low < start < high:
                return False
            continue
        near, far = sorted(((low - start) / way, (high - start) / way))
        enters, leaves = max(enters, near), min(leaves, far)
    return enters < leaves
