"""Which facets letters usually have: a small table, judged by hand, each row with its reason.

KLE lets every facet stand with every subject. Most of the 69 describe work that makes no letter (budgets, own
statistics, prognoses), so the others are shown first.
"""

USUAL: tuple[tuple[str, str], ...] = (
    ("G01", "the ordinary case: application, decision, information to one citizen or firm"),
    ("K02", "every decision can be complained about, and the answer is a letter"),
    ("K04", "hearing of parties before a decision (forvaltningsloven § 19)"),
    ("A53", "access to documents is asked for in every field (offentlighedsloven, forvaltningsloven § 9)"),
    ("K08", "supervision and enforcement: warnings and orders are letters"),
    ("Ø30", "money claimed back, reminders, collection"),
    ("Ø54", "contracts to be signed or changed"),
    ("K03", "a complaint that is sent on to a higher instance, with a copy to the citizen"),
)
"""Facets that are usual whatever the subject, the most usual first, with the reason."""

USUAL_WITHIN: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("00", ("G01", "P35", "A53", "A30"), "the council's own post: meetings, access, appointments"),
    ("01", ("G01", "P25", "P19", "K04", "K08"), "dispensations, approvals, public hearings"),
    ("02", ("G01", "P25", "K08", "K04"), "building: permits, dispensations, orders, hearing of neighbours"),
    ("04", ("G01", "Ø40", "Ø35"), "grounds and halls: grants to clubs, charges for use"),
    ("05", ("G01", "K08", "Ø35", "K04"), "roads: permits, orders to landowners, shares of costs"),
    ("06", ("G01", "K08", "K04", "Ø35", "P19"), "sewers and streams: orders, hearings, charges, approvals"),
    ("07", ("G01", "Ø35", "K08"), "waste: fees and their exemption, supervision of sorting"),
    ("09", ("G01", "K08", "P19", "K04", "P25"), "environment: supervision letters, approvals, hearings"),
    ("13", ("G01", "Ø35", "P19"), "supply: settlement of charges, project approvals"),
    ("17", ("G01", "K04", "K09", "P35"), "schools: hearings of boards, supervision, meetings"),
    ("18", ("G01", "Ø40", "Ø42", "S29"), "adult education and clubs: grants, their accounts, rates"),
    ("20", ("G01", "Ø40", "Ø42"), "culture: grants and their accounts"),
    ("22", ("G01", "K08", "P19"), "licensed trades: permits and supervision"),
    ("25", ("G01", "Ø35", "Ø48", "Ø32"), "taxes and duties: bills, respite, money paid back"),
    ("27", ("G01", "K02", "K04", "Ø35", "Ø30"), "social service: decisions, complaints, own payment"),
    ("28", ("G01", "Ø35", "Ø47", "Ø30", "S29", "K09"), "parents' payment, friplads, arrears, supervision"),
    ("32", ("G01", "Ø30", "K02", "K04", "Ø36"), "repayment, complaints, refunds between authorities"),
    ("34", ("G01", "K04", "K02", "K03"), "hearing of parties and Ankestyrelsen stand in most cases"),
    ("54", ("G01", "P27", "K09"), "education: agreements and supervision"),
    ("81", ("G01", "Ø54", "P27", "K04"), "staff: contracts, agreements, hearing before dismissal"),
    ("82", ("G01", "Ø54", "G10", "Ø35"), "the municipality's property: leases, sales, rent"),
    ("84", ("G01", "A30", "A50"), "elections: appointment of election officials, announcements"),
    ("88", ("Ø54", "G01", "P21"), "purchasing: contracts before anything else"),
)
"""Facets that come first within a main group or group, with the reason; the longest fitting number wins."""


def usual_codes(number: str) -> tuple[str, ...]:
    """Return the codes of usual facets for a number, the most usual first."""
    fitting = [(prefix, codes) for prefix, codes, _ in USUAL_WITHIN if number.startswith(prefix)]
    first = max(fitting, key=lambda row: len(row[0]))[1] if fitting else ()
    return tuple(dict.fromkeys(first + tuple(code for code, _ in USUAL)))
