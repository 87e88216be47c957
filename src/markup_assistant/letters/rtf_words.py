"""The control words of RTF that a reader of letters must know (Rich Text Format specification 1.9.1)."""

from types import MappingProxyType

CHARSETS = MappingProxyType(
    {
        77: "mac_roman",
        128: "cp932",
        161: "cp1253",
        162: "cp1254",
        163: "cp1258",
        177: "cp1255",
        178: "cp1256",
        186: "cp1257",
        204: "cp1251",
        222: "cp874",
        238: "cp1250",
        254: "cp437",
        255: "cp850",
    },
)
"""Code pages of ``\\fcharset``; the others use the document's."""

ENCODINGS = MappingProxyType({"ansi": "cp1252", "mac": "mac_roman", "pc": "cp437", "pca": "cp850"})
"""What a document says of its encoding when it does not name a code page."""

CHARACTERS = MappingProxyType(
    {
        "tab": "\t",
        "line": "\n",
        "lbr": "\n",
        "emdash": "\u2014",
        "endash": "\u2013",
        "emspace": " ",
        "enspace": " ",
        "qmspace": " ",
        "bullet": "\u2022",
        "lquote": "\u2018",
        "rquote": "\u2019",
        "ldblquote": "\u201c",
        "rdblquote": "\u201d",
    },
)
"""Words that stand for a character."""

SYMBOLS = MappingProxyType({"~": " ", "_": "-", "\n": "\n", "\r": "\n", "{": "{", "}": "}", "\\": "\\"})
"""Signs that stand for a character; a line break stands for ``\\par`` and is told apart by the reader."""

_SKIPPED = """
colortbl filetbl pict nonshppict shprslt sp sn sv themedata datastore rsidtbl listtable listoverridetable
revtbl xe tc txe rxe bkmkstart bkmkend atnid atnauthor atndate annotation ftnsep ftnsepc ftncn aftnsep
aftnsepc aftncn falt panose objdata objclass objname creatim revtim printim buptim comment operator
company manager author doccomm hlinkbase category template private ud pgdsctbl blipuid latentstyles
formfield
"""
SKIPPED = frozenset(_SKIPPED.split())
"""Groups whose text is no part of the letter."""

STARRED = frozenset({"fldinst", "shpinst", "shptxt", "userprops"})
"""Groups marked as to be skipped by readers that do not know them, and which this one knows."""

DEFERRED = MappingProxyType(
    {
        "header": "header",
        "headerl": "header",
        "headerr": "header",
        "headerf": "header",
        "footer": "footer",
        "footerl": "footer",
        "footerr": "footer",
        "footerf": "footer",
        "footnote": "note",
        "shptxt": "box",
    },
)
"""Groups that are a text of their own, read when the text around them allows it."""

PROPERTIES = MappingProxyType({"title": "title", "subject": "subject", "keywords": "keywords"})
"""Groups inside ``\\info`` that become properties of the letter."""
