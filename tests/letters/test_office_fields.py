import pytest
from tests.letters.office_files import code, complex_field, control, mark, paragraph, run, text_box, word_file

from markup_assistant.errors import DamagedError
from markup_assistant.letters.letter import Field, Letter
from markup_assistant.letters.office import read_office


def read(body: str, **more: object) -> Letter:
    return read_office(word_file(body, **more), "skabelon.docx")  # type: ignore[arg-type]  # passed on as given


def fields(letter: Letter) -> list[tuple[str, str, str]]:
    return [(f.name, f.kind.value, letter.text[f.start : f.end]) for f in letter.fields]


def branches(letter: Letter, field: Field) -> list[str]:
    return [letter.text[start:end] for start, end in field.branches]


def form(name: str, inner: str, help_text: str = "") -> str:
    title = f'<w:statusText w:val="{help_text}"/>' if help_text else ""
    return f'<w:ffData><w:name w:val="{name}"/>{title}{inner}</w:ffData>'


@pytest.mark.parametrize(
    ("instruction", "result", "name", "shown"),
    [
        (" MERGEFIELD MoedeDato ", "«MoedeDato»", "MoedeDato", "«MoedeDato»"),
        (" MERGEFIELD MoedeDato ", None, "MoedeDato", "«MoedeDato»"),
        (" MERGEFIELD MoedeDato ", "   ", "MoedeDato", "«MoedeDato»"),
        (' mergefield  "Første navn" \\* MERGEFORMAT ', "Anne", "Første navn", "Anne"),
        (" MERGEFIELD Beloeb \\# &quot;0,00&quot; ", "12,50", "Beloeb", "12,50"),
        (' MERGEFIELD Att \\b "Att.: " \\f "," ', None, "Att", "Att.: «Att»,"),
        (' MERGEFIELD Att \\b "Att.: " ', "Att.: Bo", "Att", "Att.: Bo"),
        (" MERGEFIELD “Fornavn” ", None, "Fornavn", "«Fornavn»"),
        (" MERGEFIELD Ærø_Å ", None, "Ærø_Å", "«Ærø_Å»"),
    ],
)
def test_merge_fields_show_their_result_or_name(instruction: str, result: str | None, name: str, shown: str) -> None:
    letter = read(paragraph(run("Vi ses ") + complex_field(instruction, result) + run(".")))
    assert fields(letter) == [(name, "merge", shown)]
    assert letter.text == f"Vi ses {shown}."


def test_a_simple_merge_field_is_read_as_a_complex_one() -> None:
    simple = f'<w:fldSimple w:instr=" MERGEFIELD Navn \\* Upper ">{run("«NAVN»")}</w:fldSimple>'
    assert fields(read(paragraph(simple))) == [("Navn", "merge", "«NAVN»")]
    empty = '<w:fldSimple w:instr="MERGEFIELD Navn"/>'
    assert fields(read(paragraph(empty))) == [("Navn", "merge", "«Navn»")]


def test_an_instruction_split_over_runs_is_put_together() -> None:
    pieces = code(" MERGE") + code("FIELD &quot;Park") + code("eringslicensnr&quot; ")
    assert fields(read(paragraph(complex_field(pieces, "x")))) == [("Parkeringslicensnr", "merge", "x")]


def test_address_block_and_greeting_are_merge_fields() -> None:
    letter = read(
        paragraph(complex_field(" ADDRESSBLOCK \\f &quot;&lt;&lt;_FIRST0_&gt;&gt;&quot; ", "«Adresseblok»")),
    )
    assert fields(letter) == [("AddressBlock", "merge", "«Adresseblok»")]


def test_both_branches_of_a_condition_are_read_and_its_result_is_not_repeated() -> None:
    instruction = (
        code(" IF ")
        + complex_field(" MERGEFIELD Afgoerelse ", "ja")
        + code(' = "ja" "Du får bevilget ')
        + complex_field(" MERGEFIELD Beloeb ", "«Beloeb»")
        + code(' kr." "Vi giver dig afslag." \\* MERGEFORMAT ')
    )
    letter = read(paragraph(run("Resultat: ") + complex_field(instruction, "Du får bevilget 100 kr.")))
    assert letter.text == "Resultat: Du får bevilget «Beloeb» kr. | Vi giver dig afslag."
    condition = next(field for field in letter.fields if field.kind == "condition")
    assert condition.name == "Afgoerelse"
    assert branches(letter, condition) == ["Du får bevilget «Beloeb» kr.", "Vi giver dig afslag."]
    whole = "Du får bevilget «Beloeb» kr. | Vi giver dig afslag."
    assert sorted(fields(letter)) == [
        ("Afgoerelse", "condition", whole),
        ("Afgoerelse", "merge", whole),
        ("Beloeb", "merge", "«Beloeb»"),
    ]


@pytest.mark.parametrize(
    ("instruction", "name", "text"),
    [
        ('IF Koen="M" "hr." "fru"', "Koen", "hr. | fru"),
        ('IF "Koen" <> "M" "fru"', "Koen", "fru"),
        ('IF Alder >= 67 "" "under pensionsalderen"', "Alder", "under pensionsalderen"),
        ("IF A = B ja nej \\* MERGEFORMAT", "A", "ja | nej"),
        ('IF A = "" "sig \\"hej\\"" "“farvel”"', "A", 'sig "hej" | “farvel”'),
        ("IF A", "A", ""),
        ("IF A =", "A", ""),
        ('IF A = "B" "kun begyndt', "A", "kun begyndt"),
    ],
)
def test_conditions_are_read_as_they_are_written(instruction: str, name: str, text: str) -> None:
    written = instruction.replace("<", "&lt;").replace(">", "&gt;")
    letter = read(paragraph(run("a ") + complex_field(code(written), "gammelt") + run(" z")))
    assert letter.text == f"a {text} z"
    assert [field.name for field in letter.fields if field.kind == "condition"] == [name]


def test_an_empty_condition_leaves_nothing() -> None:
    letter = read(paragraph(run("a") + complex_field(' IF  "" "" ', "") + run("b")))
    assert (letter.text, letter.fields) == ("ab", ())


def test_a_condition_in_a_branch_is_read_whole() -> None:
    inner = complex_field('IF B = "2" "to" "tre"', "to")
    letter = read(paragraph(complex_field(code('IF A = "1" "en" "') + inner + code('"'), "en")))
    assert letter.text == "en | to | tre"
    outer, nested = letter.fields
    assert (outer.name, branches(letter, outer)) == ("A", ["en", "to | tre"])
    assert (nested.name, branches(letter, nested)) == ("B", ["to", "tre"])


def test_a_branch_of_several_paragraphs_keeps_them() -> None:
    first = paragraph(run("Kære borger. ") + mark("begin") + code('IF A = "1" "Du har ret til hjælp.'))
    second = paragraph(code("Vi udbetaler den hver måned.") + code('" "Vi giver afslag."') + mark("separate"))
    third = paragraph(run("gammelt resultat"))
    letter = read(first + second + third + paragraph(mark("end") + run(" Hilsen")))
    assert letter.text == ("Kære borger. Du har ret til hjælp.\nVi udbetaler den hver måned. | Vi giver afslag. Hilsen")
    (condition,) = letter.fields
    assert branches(letter, condition) == [
        "Du har ret til hjælp.\nVi udbetaler den hver måned.",
        "Vi giver afslag.",
    ]


def test_fields_asked_by_a_formula_or_comparison_are_kept() -> None:
    asked = code("= OR(") + complex_field(code("COMPARE ") + complex_field("MERGEFIELD A") + code(" = 1"))
    instruction = code("IF ") + complex_field(asked + code(",0)")) + code(' = 1 "ja" "nej"')
    letter = read(paragraph(complex_field(instruction)))
    assert letter.text == "ja | nej"
    assert fields(letter) == [("A", "condition", "ja | nej"), ("A", "merge", "ja | nej")]
    total = complex_field(code("= ") + complex_field("MERGEFIELD Takst") + code(" * 2"), "300")
    assert fields(read(paragraph(total))) == [("Takst", "merge", "300")]


def test_variables_and_properties_are_fields_and_an_error_as_result_is_not_text() -> None:
    letter = read(
        paragraph(complex_field("DOCVARIABLE Sagsbehandler", "Fejl! Dokumentvariablen er ikke angivet."))
        + paragraph(complex_field('DOCPROPERTY "Journal nr"', "2026-12")),
    )
    assert fields(letter) == [
        ("Sagsbehandler", "variable", "«Sagsbehandler»"),
        ("Journal nr", "variable", "2026-12"),
    ]


def test_legacy_form_fields_show_what_can_be_filled_in() -> None:
    spaces = run("\u2002\u2002\u2002")
    entries = '<w:ddList><w:listEntry w:val="bevilget"/><w:listEntry w:val="afslået"/></w:ddList>'
    letter = read(
        paragraph(complex_field(" FORMTEXT ", spaces, form("Frist", "<w:textInput/>", "Svarfrist")))
        + paragraph(
            complex_field("FORMTEXT", spaces, form("By", '<w:textInput><w:default w:val="Lindevig"/></w:textInput>'))
        )
        + paragraph(complex_field("FORMTEXT", run("udfyldt"), form("Andet", "<w:textInput/>")))
        + paragraph(
            complex_field("FORMCHECKBOX", None, form("Ja", "<w:checkBox><w:checked/></w:checkBox>")) + run(" ja")
        )
        + paragraph(complex_field("FORMCHECKBOX", None, form("Nej", '<w:checkBox><w:default w:val="0"/></w:checkBox>')))
        + paragraph(complex_field("FORMDROPDOWN", None, form("Udfald", entries))),
    )
    assert fields(letter) == [
        ("Frist", "form", "«Frist»"),
        ("By", "form", "Lindevig"),
        ("Andet", "form", "udfyldt"),
        ("Ja", "form", "☒"),
        ("Nej", "form", "☐"),
        ("Udfald", "form", "bevilget / afslået"),
    ]
    assert letter.fields[0].title == "Svarfrist"


def test_prompts_are_fields() -> None:
    letter = read(
        paragraph(complex_field('ASK Modtager "Hvem er modtageren?"'))
        + paragraph(complex_field('FILLIN "Hvad er fristen?" \\d "14 dage"', "14 dage"))
        + paragraph(complex_field("MACROBUTTON NoMacro [Skriv navn her]")),
    )
    assert fields(letter) == [
        ("Modtager", "form", "«Modtager»"),
        ("Hvad er fristen?", "form", "14 dage"),
        ("Skriv navn her", "placeholder", "[Skriv navn her]"),
    ]
    assert letter.fields[0].title == "Hvem er modtageren?"


def test_page_numbers_are_dropped_and_other_results_are_text() -> None:
    letter = read(
        paragraph(
            run("Side ")
            + complex_field("PAGE", "3")
            + complex_field(" NUMPAGES ", "7")
            + run(" den ")
            + complex_field('DATE \\@ "d. MMMM yyyy"', "3. marts 2026")
            + complex_field(code("SKIPIF ") + complex_field("MERGEFIELD Doed") + code(' = "ja"')),
        ),
    )
    assert (letter.text, letter.fields) == ("Side  den 3. marts 2026", ())


def test_a_table_of_contents_keeps_its_paragraphs() -> None:
    letter = read(
        paragraph(mark("begin") + code('TOC \\o "1-3"') + mark("separate") + run("Sagen"))
        + paragraph(run("Klage"))
        + paragraph(mark("end"))
        + paragraph("Sagen", '<w:pStyle w:val="Overskrift1"/>'),
    )
    assert [letter.text[b.start : b.end] for b in letter.blocks] == ["Sagen", "Klage", "Sagen"]
    assert letter.blocks[-1].level == 1


def test_a_link_field_has_its_address_and_the_fields_in_it() -> None:
    instruction = code('HYPERLINK "https://lindevig.eksempel/') + complex_field("MERGEFIELD Sag") + code('" \\l "a"')
    simple = f"""<w:fldSimple w:instr='HYPERLINK "https://eksempel.dk"'>{run("der")}</w:fldSimple>"""
    letter = read(paragraph(run("Se ") + complex_field(instruction, "sagen") + run(" og ") + simple))
    assert [(link.url, letter.text[link.start : link.end]) for link in letter.links] == [
        ("https://lindevig.eksempel/«Sag»#a", "sagen"),
        ("https://eksempel.dk", "der"),
    ]
    assert fields(letter) == [("Sag", "merge", "sagen")]


def test_controls_are_found_inline_around_blocks_cells_and_rows() -> None:
    def named(name: str) -> str:
        return f'<w:alias w:val="{name} titel"/><w:tag w:val="{name}"/>'

    cell = f"<w:tc>{paragraph('celle')}</w:tc>"
    row = f"<w:tr>{control(cell, named('Celle'))}</w:tr>"
    body = (
        paragraph(run("Kære ") + control(run("Navn"), named("Linje")))
        + control(paragraph("Første") + paragraph("Anden"), named("Blok"))
        + f"<w:tbl>{control(row, named('Raekke'))}</w:tbl>"
        + paragraph("slut")
    )
    letter = read(body)
    assert letter.text == "Kære Navn\nFørste\nAnden\ncelle\nslut"
    assert fields(letter) == [
        ("Linje", "control", "Navn"),
        ("Blok", "control", "Første\nAnden"),
        ("Celle", "control", "celle"),
        ("Raekke", "control", "celle"),
    ]
    assert letter.fields[0].title == "Linje titel"


def test_a_control_at_the_very_end_of_the_letter_is_found() -> None:
    assert fields(read(control(paragraph("Hilsen"), '<w:tag w:val="Afsender"/>'))) == [
        ("Afsender", "control", "Hilsen"),
    ]


@pytest.mark.parametrize(
    ("properties", "content", "name", "shown"),
    [
        ('<w:alias w:val="Frist"/>', "3. maj", "Frist", "3. maj"),
        ("<w:showingPlcHdr/>", "Klik for at skrive", "Klik for at skrive", "Klik for at skrive"),
        ('<w:dataBinding w:xpath="/n:brev[1]/n:MoedeDato[1]"/>', "i morgen", "MoedeDato", "i morgen"),
        ('<w15:dataBinding w:xpath="/n:brev/n:Sted"/>', "her", "Sted", "her"),
        ('<w:tag w:val="{&quot;id&quot;:7}"/><w:alias w:val="Emne"/>', "x", "Emne", "x"),
        ('<w:tag w:val="Tom"/>', "", "Tom", "«Tom»"),
    ],
)
def test_a_control_is_named_by_tag_title_binding_or_prompt(
    properties: str, content: str, name: str, shown: str
) -> None:
    letter = read(paragraph(run("a ") + control(run(content), properties)))
    assert fields(letter) == [(name, "control", shown)]


def test_a_list_to_choose_from_shows_its_choices_until_one_is_chosen() -> None:
    items = (
        '<w:tag w:val="Udfald"/><w:dropDownList><w:listItem w:displayText="Vælg" w:value=""/>'
        '<w:listItem w:displayText="bevilget" w:value="1"/><w:listItem w:value="afslået"/></w:dropDownList>'
    )
    open_list = read(paragraph(control(run("Vælg"), items + "<w:showingPlcHdr/>")))
    assert open_list.text == "Vælg (bevilget / afslået)"
    assert read(paragraph(control(run("bevilget"), items))).text == "bevilget"


def test_contents_and_unnamed_controls_are_no_fields() -> None:
    contents = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj><w:tag w:val="x"/>'
    letter = read(control(paragraph("Indhold"), contents) + paragraph(control(run("tekst"), "<w:id w:val='3'/>")))
    assert (letter.text, letter.fields) == ("Indhold\ntekst", ())


def test_a_field_in_a_control_in_a_text_box_in_a_cell_is_found() -> None:
    inner = paragraph(control(complex_field("MERGEFIELD Sagsnr"), '<w:tag w:val="Sag"/>'))
    letter = read(f"<w:tbl><w:tr><w:tc>{paragraph(text_box(inner))}</w:tc></w:tr></w:tbl>")
    assert sorted(fields(letter)) == [("Sag", "control", "«Sagsnr»"), ("Sagsnr", "merge", "«Sagsnr»")]
    assert letter.blocks[0].kind == "box"


def test_a_field_that_never_ends_loses_no_text() -> None:
    letter = read(paragraph(mark("begin") + code("MERGEFIELD X") + run("synlig")) + paragraph("mere"))
    assert letter.text == "synlig\nmere"
    begun = read(paragraph(mark("begin") + code("MERGEFIELD X") + mark("separate") + run("resultat")))
    assert fields(begun) == [("X", "merge", "resultat")]


def test_marks_without_a_beginning_are_passed_over() -> None:
    assert read(paragraph(mark("separate") + run("a") + mark("end") + mark("end") + run("b"))).text == "ab"


def test_hidden_fields_are_not_read() -> None:
    hidden = complex_field("MERGEFIELD Hemmelig", "x").replace("<w:r>", "<w:r><w:rPr><w:vanish/></w:rPr>")
    letter = read(paragraph(run("a") + hidden + run("b")))
    assert (letter.text, letter.fields) == ("ab", ())


def test_fields_nested_deeper_than_word_allows_are_refused() -> None:
    with pytest.raises(DamagedError):
        read(paragraph(mark("begin") * 5_000))


def test_deep_nesting_of_conditions_is_read_in_time() -> None:
    inner = complex_field("MERGEFIELD A")
    for _ in range(15):
        inner = complex_field(code("IF ") + inner + code(' = "1" "ja ') + inner.replace("A", "B", 1) + code('" "nej"'))
        if len(inner) > 400_000:
            break
    assert "nej" in read(paragraph(inner)).text
    chain = "MERGEFIELD A"
    for index in range(30):
        word = "IF" if index % 2 else "MERGEFIELD"
        chain = code(f"{word} ") + complex_field(chain)
    read(paragraph(complex_field(chain)))
