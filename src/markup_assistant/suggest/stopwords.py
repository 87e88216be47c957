"""Words that say nothing about a letter's subject, whatever the letter."""

STOPWORDS = frozenset(
    """
    ad af alle allerede alt altid anden andet andre at bare begge blandt blev blive bliver blevet bl ca da de dem den
    denne dens der deraf derefter derfor deres derfra derpå derved des dette dig din dine disse dit dog du efter egen
    eget egne eller ellers en end endnu enhver er et etc evt flere for fordi fra fx før få får fået gennem gerne giver
    give gik gå går gør gøre gør ham han hans har havde have heller hen hende hendes her heraf herefter herfra herved
    hos hun hver hverken hvad hvem hver hvilke hvilken hvilket hvis hvor hvordan hvorefter hvorfor hvori hvorved i
    idet igen igennem ikke imellem imod ind inden indtil ingen intet ja jeg jeres jer jf kan kl kom komme kommer kunne
    kun lige lidt lad man mange med meget mellem men mens mere mest mig min mindre mine mit mod må måtte ned nej netop
    nogen noget nogle nok nr nu når nær nævnte og også om omkring op os over overfor på pga sagt samme samt se selv
    ses sidste sig sige siger sin sine sit skal skulle som stadig sted står større så sådan således tage tager til
    tilbage tillige ud uden udover under undtagen var ved vedr vedrørende vi videre vil ville vor vore vores vær være
    været væk dvs mv osv mm mht stk hr fru kr md pr tlf telefon mail e-mail kære hej venlig venlige hilsen hilsner
    hermed bedes venligst endvidere således desuden ligeledes øvrigt øvrige samtidig omfattet derudover
    mandag tirsdag onsdag torsdag fredag lørdag søndag januar februar marts april maj juni juli august september
    oktober november december www http https dk
    """.split()
)

FIELD_STOPWORDS = frozenset(
    """
    navn fornavn efternavn adresse gade husnr etage postnr postnummer bynavn dato dagsdato brevdato sagsnr sagsnummer
    sags sagsbehandler sagsbehandlernavn sagsbehandlertlf journalnr journalnummer telefon telefonnr email mail
    kommune kommunenavn afdeling afdelingsnavn modtager modtagernavn modtageradresse afsender afsendernavn borger
    borgernavn borgeradresse borgercpr cprnr cprnummer person personnummer titel underskrift underskriver initialer
    direkte mødested mødedato mødetid start slut tidspunkt sted lokale felt field name date address value text
    """.split()
)
"""Names of fields that templates on every subject have."""
