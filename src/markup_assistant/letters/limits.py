"""The limits within which letters are read, in one place, each with its reason.

Real letters stay far below all of them; what goes beyond is an attack, a mistake or no letter at all.
"""

MB = 1_000_000

MAX_MEMBERS = 2_000
"""Members of an archive: a letter with a hundred pictures has about 150; a listing costs memory for each."""

MAX_MEMBER = 40 * MB
"""Unpacked bytes of one archive member: the largest that is ever read is text as XML, not pictures."""

MAX_UNPACKED = 120 * MB
"""Unpacked bytes of all members that are read of one archive, together."""

MAX_RATIO = 200
"""Unpacked bytes for each packed byte: XML of letters packs 5 to 30 times, deflate at most 1,032 times."""

RATIO_FROM = 1 * MB
"""Unpacked bytes below which the ratio is not looked at: small parts of white space are harmless."""

READ_CHUNK = 65_536
"""Bytes unpacked at a time, so that counting stops a member long before it is whole."""

MAX_XML = 16 * MB
"""Bytes of one XML part: the 2 million characters that a letter may have at most, with their markup."""

MAX_XML_MARKUP = 400_000
"""``<`` and ``=`` in one XML part: each may cost a node or an attribute of some 150 bytes in the parsed tree.

A page of Word text has about 1,000 to 3,000. The densest file within both limits takes 170 MB to read.
"""

MAX_XML_MARKUP_ALL = 600_000
"""The same for all XML parts of one file together: bounds the time that one file may take."""

MAX_FIELD_DEPTH = 32
"""Fields inside one another: Word itself stops at 20."""

MAX_SPACES = 100
"""Spaces that one repeat count (``text:s text:c``) may stand for: more than a line has."""

MAX_NAME = 120
"""Characters of a field's name when it is taken from the text that it shows."""

MAX_FILE = 50 * MB
"""Bytes of a file: a letter with its logo and signature stays below a fiftieth of it."""

MAX_PAGES = 200
"""Pages of a PDF that are read: the letter stands on the first ones, what follows is enclosures."""

MAX_GROUPS = 500
"""Levels of groups in RTF: Word writes fewer than 30."""

MAX_MAIL_PARTS = 100
"""Parts of a mail message, nested ones included."""

MAX_HEADER = 1_000
"""Characters of one mail header that are looked at."""

READ_SECONDS = 20.0
"""Seconds that reading one file may take before its reader is stopped."""

READ_MEMORY = 200 * MB
"""Bytes of data that a process that only reads letters may have: an idle one has 15 MB."""

MAX_STYLE_DEPTH = 64
"""Styles based on one another: Word itself stops at 11; a circle would never end."""

MAX_HTML = 16 * MB
"""Bytes of an HTML page, pictures written into it included."""

MAX_HTML_MARKUP = 600_000
"""``<`` and ``=`` in an HTML page, as in XML."""

MAX_HEADERS = 200_000
"""Bytes of a mail message's headers together: a long way through many servers leaves some 20,000."""
