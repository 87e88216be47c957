"""The two looks of the review screen: light and dark, calm, every text at least 4.5:1 against its ground.

4.5:1 is what WCAG 2.1 (success criterion 1.4.3) asks of text; a test measures it on the drawn screens.
"""

from typing import Any

from textual.app import App
from textual.theme import Theme

DARK_NAME, LIGHT_NAME = "markup-dark", "markup-light"

DARK = Theme(
    name=DARK_NAME,
    dark=True,
    background="#14181d",
    surface="#1a2027",
    panel="#252d37",
    foreground="#e4e8ed",
    primary="#7db7f0",
    secondary="#a9bccf",
    accent="#efbd6a",
    warning="#f0c257",
    error="#ff938a",
    success="#82d6a0",
    variables={
        "text-muted": "#a7b2bf",
        "text-disabled": "#98a3b0",
        "foreground-muted": "#a7b2bf",
        "foreground-disabled": "#98a3b0",
        "text-primary": "#9ccaf7",
        "text-secondary": "#b9cadb",
        "text-accent": "#f3cb87",
        "text-warning": "#f5d17c",
        "text-error": "#ffaaa2",
        "text-success": "#9be0b4",
        "warning-muted": "#4d3f14",
        "error-muted": "#4f2320",
        "success-muted": "#1c402a",
        "primary-muted": "#1f3b57",
        "block-cursor-foreground": "#0d1117",
        "block-cursor-background": "#7db7f0",
        "block-cursor-blurred-foreground": "#0d1117",
        "block-cursor-blurred-background": "#7db7f0",
        "block-cursor-blurred-text-style": "bold",
        "border": "#7db7f0",
        "border-blurred": "#56636f",
        "input-selection-background": "#2f5781",
        "footer-key-foreground": "#f3cb87",
        "scrollbar": "#56636f",
        "scrollbar-background": "#1a2027",
        "screen-selection-background": "#2f5781",
        "screen-selection-foreground": "#ffffff",
    },
)

LIGHT = Theme(
    name=LIGHT_NAME,
    dark=False,
    background="#fbfaf7",
    surface="#f3f2ee",
    panel="#e6e8ea",
    foreground="#1b2530",
    primary="#0b5394",
    secondary="#3f5468",
    accent="#7a4300",
    warning="#7a5200",
    error="#9c1f19",
    success="#1a6336",
    variables={
        "text-muted": "#505d69",
        "text-disabled": "#4d5863",
        "foreground-muted": "#505d69",
        "foreground-disabled": "#4d5863",
        "text-primary": "#0b4a84",
        "text-secondary": "#384c5f",
        "text-accent": "#6d3c00",
        "text-warning": "#6b4800",
        "text-error": "#8f1c17",
        "text-success": "#175930",
        "warning-muted": "#fae7a8",
        "error-muted": "#f8dad6",
        "success-muted": "#d5ecdc",
        "primary-muted": "#d3e4f4",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-background": "#0b5394",
        "block-cursor-blurred-foreground": "#ffffff",
        "block-cursor-blurred-background": "#0b5394",
        "block-cursor-blurred-text-style": "bold",
        "border": "#0b5394",
        "border-blurred": "#8b959e",
        "input-selection-background": "#b9d5ef",
        "footer-key-foreground": "#6d3c00",
        "scrollbar": "#8b959e",
        "scrollbar-background": "#e6e8ea",
        "screen-selection-background": "#b9d5ef",
        "screen-selection-foreground": "#10181f",
    },
)


def register_themes(app: App[Any]) -> None:
    """Make both themes known to an app; ``app.theme = DARK_NAME`` or ``LIGHT_NAME`` then takes one."""
    app.register_theme(DARK)
    app.register_theme(LIGHT)
