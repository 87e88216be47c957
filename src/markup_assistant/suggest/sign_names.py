"""The signs by which a model ranks subjects and judges its first one, in the order of its weights."""

SIGNS = (
    "raw",  # the linear layers together, which says how much of the text the model knows
    "subject",  # the layer that tells the subjects of a group apart, in standard deviations over all subjects
    "group",  # the layer that tells groups apart, likewise
    "main_group",  # the layer that tells main groups apart, likewise
    "phrase",  # the strongest title or term in the letter
    "law",  # law references
    "headline",  # the strongest title or term in a headline, typos forgiven
    "principle",  # a subject of the principles that every case follows, in a text as long as a letter
    "general",  # a subject "i almindelighed" (27.36.00), which holds what no neighbour does
)

CERTAINTY_SIGNS = (
    "lead",  # log-odds of the first subject against all others
    "margin",  # by how much it leads the second
    "known",  # score of the linear layers: how much of the letter its subject explains
    "group",  # log-odds of its group
    "length",  # log of the number of words
    "alone",  # how much the text looks like one that must be left alone
)

MEMORY_CERTAINTY_SIGNS = (
    *CERTAINTY_SIGNS,
    "agreeing",  # likeness of the likest decided letter with the first subject
    "differing",  # likeness of the likest decided letter with another
)
