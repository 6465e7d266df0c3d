"""Pages of a PDF as a scanner would give them: pictures with noise, a little aslant, as JPEG, some with a red seal."""
from __future__ import annotations

from io import BytesIO

import numpy as np
import pypdfium2  # type: ignore[import-untyped]
from PIL import Image, ImageChops, ImageDraw

RED = (214, 42, 48)


def scanned(pdf: bytes, *, dpi: int = 200, degrees: float = 0.5, noise: float = 9, quality: int = 60, seals: tuple[int, ...] = (-1,),
            turn: int = 0) -> list[Image.Image]:
    """The pages as pictures. `degrees` is how far each lies aslant, now to the left, now to the right; `turn` by how many quarters
    to the left it lies; `seals` are the pages with a seal, whose ink lies over the text."""
    document, rng = pypdfium2.PdfDocument(pdf), np.random.default_rng(7)
    out = []
    for i in range(len(document)):
        page = document[i].render(scale=dpi / 72).to_pil().convert("RGB")
        if i in seals or i - len(document) in seals:
            page = ImageChops.multiply(page, _seal(page.size, dpi))
        page = page.rotate(degrees * (1 if i % 2 else -1), Image.Resampling.BICUBIC, fillcolor=(255, 255, 255))
        page = page.rotate(90 * turn, expand=True)
        dots = np.asarray(page).astype(np.int16) + rng.normal(0, noise, (page.height, page.width, 1)).astype(np.int16)
        out.append(_jpeg(Image.fromarray(np.clip(dots, 0, 255).astype(np.uint8)), dpi, quality))
    document.close()
    return out


def as_pdf(pages: list[Image.Image], dpi: int = 200) -> bytes:
    """A PDF whose pages are these pictures and nothing else."""
    out = BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=dpi, quality=60)
    return out.getvalue()


def as_image(pages: list[Image.Image], kind: str, dpi: int = 200) -> bytes:
    """An image file; of several pages where it is a TIFF."""
    out = BytesIO()
    more = {"save_all": True, "append_images": pages[1:]} if kind == "TIFF" else {}
    pages[0].save(out, kind, dpi=(dpi, dpi), **more)
    return out.getvalue()


def _jpeg(page: Image.Image, dpi: int, quality: int) -> Image.Image:
    out = BytesIO()
    page.save(out, "JPEG", quality=quality, dpi=(dpi, dpi))
    return Image.open(BytesIO(out.getvalue()))


def _seal(size: tuple[int, int], dpi: int) -> Image.Image:
    """A ring with a star, 42 mm wide, in the lower right of a white page."""
    layer = Image.new("RGB", size, (255, 255, 255))
    draw, wide = ImageDraw.Draw(layer), round(42 / 25.4 * dpi)
    x, y = round(size[0] * 0.6), round(size[1] * 0.68)
    draw.ellipse((x, y, x + wide, y + wide), outline=RED, width=max(2, wide // 36))
    middle, corners = (x + wide / 2, y + wide / 2), []
    for k in range(10):
        radius, angle = wide * (0.2 if k % 2 == 0 else 0.08), np.pi * (k / 5 - 0.5)
        corners.append((middle[0] + radius * np.cos(angle), middle[1] + radius * np.sin(angle)))
    draw.polygon(corners, fill=RED)
    return layer
