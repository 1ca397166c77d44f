"""What others than Matplotlib find in a figure's file: sizes, texts, fonts, pixels to the inch."""

import base64
import io
import struct
import xml.etree.ElementTree as ET
import zlib
from dataclasses import dataclass
from pathlib import Path

import PIL.Image
import pypdf

SVG, LINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}href"


@dataclass
class Page:
    """Width and height in cm, texts, fonts, and the pixels to the inch of each picture in it."""

    size: tuple[float, float]
    texts: list[str]
    fonts: list[str]
    dpi: list[float]


def read(path: Path) -> Page:
    return {".pdf": of_pdf, ".svg": of_svg, ".png": of_png}[path.suffix](path)


def of_pdf(path: Path) -> Page:
    page = pypdf.PdfReader(path).pages[0]
    dpi, objects = [], page["/Resources"]["/XObject"]

    def look(operator, operands, cm, tm):
        if operator == b"Do" and objects[operands[0]]["/Subtype"] == "/Image":
            image = objects[operands[0]]
            dpi.extend(
                72.0 * image[side] / abs(cm[k]) for side, k in (("/Width", 0), ("/Height", 3))
            )

    texts = page.extract_text(visitor_operand_before=look).splitlines()
    size = tuple(float(side) / 72.0 * 2.54 for side in page.mediabox[2:])
    return Page(
        size, texts, [_embedded(font) for font in page["/Resources"]["/Font"].values()], dpi
    )


def _embedded(font) -> str:
    """The name of a font whose outlines are in the file; a drawing of it (Type 3) is none."""
    font = font.get_object()
    assert font["/Subtype"] in ("/Type0", "/TrueType"), font["/Subtype"]
    inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
    descriptor = inner["/FontDescriptor"].get_object()
    assert any(f"/FontFile{n}" in descriptor for n in ("", 2, 3))
    return str(font["/BaseFont"])


def of_svg(path: Path) -> Page:
    root = ET.parse(path).getroot()
    size = tuple(
        float(root.get(side).removesuffix("pt")) / 72.0 * 2.54 for side in ("width", "height")
    )
    texts = ["".join(text.itertext()) for text in root.iter(f"{SVG}text")]
    fonts = [text.get("style") for text in root.iter(f"{SVG}text")]
    dpi = []
    for image in root.iter(f"{SVG}image"):
        content = base64.b64decode(image.get(LINK).partition(",")[2])
        pixels = PIL.Image.open(io.BytesIO(content)).size
        dpi += [
            72.0 * n / float(image.get(side))
            for n, side in zip(pixels, ("width", "height"), strict=True)
        ]
    return Page(size, texts, fonts, dpi)


def of_png(path: Path) -> Page:
    """Its chunks, as the standard has them: pHYs says pixels to the metre."""
    content, at, chunks = path.read_bytes(), 8, {}
    while at < len(content):
        (length,), name = struct.unpack(">I", content[at : at + 4]), content[at + 4 : at + 8]
        chunks[name] = content[at + 8 : at + 8 + length]
        (crc,) = struct.unpack(">I", content[at + 8 + length : at + 12 + length])
        assert crc == zlib.crc32(content[at + 4 : at + 8 + length])
        at += 12 + length
    width, height = struct.unpack(">II", chunks[b"IHDR"][:8])
    *metre, unit = struct.unpack(">IIB", chunks[b"pHYs"])
    assert unit == 1 and not {b"tIME", b"tEXt"} & {
        name for name in chunks if b"Date" in chunks[name]
    }
    size = tuple(100.0 * n / each for n, each in zip((width, height), metre, strict=True))
    return Page(size, [], [], [0.0254 * each for each in metre])
