"""The page that shows all pictures side by side."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from pathlib import Path

from tests.tour.stops import Stop

STYLE = """
body { font: 16px/1.4 system-ui, sans-serif; margin: 1.5rem; background: #ddd; }
section { margin-block: 2rem; }
div { display: flex; flex-wrap: wrap; gap: 1rem; align-items: start; }
figure { margin: 0; } figcaption { font-size: .8rem; }
img { display: block; border: 1px solid #999; background: #fff; }
img.narrow { width: 240px; } img.wide { width: 560px; }
"""


def write_index(folder: Path, stops: Iterable[Stop]) -> int:
    """Write `index.html` for the pictures in `folder`; how many they are."""
    count, parts = 0, []
    for stop in stops:
        figures = []
        for picture in sorted(folder.glob(f"{stop.name}-*.png")):
            count += 1
            kind = "narrow" if "-360" in picture.stem else "wide"
            name = escape(picture.name)
            caption = escape(picture.stem.removeprefix(f"{stop.name}-"))
            figures.append(
                f'<figure><a href="{name}"><img class="{kind}" src="{name}" alt="{escape(picture.stem)}" loading="lazy"></a>'
                f"<figcaption>{caption}</figcaption></figure>"
            )
        parts.append(f"<section><h2>{escape(stop.name)}</h2><div>{''.join(figures)}</div></section>")
    page = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Tour</title><style>{STYLE}</style></head>'
        f"<body><h1>Tour of the portal</h1>{''.join(parts)}</body></html>\n"
    )
    (folder / "index.html").write_text(page, "utf-8")
    return count
