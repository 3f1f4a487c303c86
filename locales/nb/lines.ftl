line-until = { $channel } tar imot svar til { $time }.
line-over = { $channel } tar ikke imot svar lenger: det er for lenge siden kunden skrev. Skriv via en annen kanal.
line-over-template = { $channel } tar ikke imot fri tekst lenger: kunden skrev for mer enn et døgn siden.
line-soon = { $channel } tar imot svar i { $minutes ->
    [one] ett minutt til
   *[other] { $minutes } minutter til
}.
line-gone = Nummeret eller boten dette kom gjennom, er ikke koblet til lenger. Et svar ville ikke komme fram.
line-waits = { $name } har et problem. Det du svarer, venter til det er rettet.
line-awaits = { $channel } tar imot flere svar når kunden har skrevet tilbake.
public-under = Under innlegget ditt
public-mention = Ikke under et innlegg fra dere
public-open = Åpne på { $channel }
public-hide = Skjul
public-show = Vis igjen
public-hidden = Skjult: bare den som skrev ser det.
public-removed = Det er tatt bort. Det er ingenting å svare på.
public-private = Svar privat
public-private-until = Én gang, til { $time }.
public-private-open = Privat samtale
private-reply-about = Bare { $name } leser dette. Det fortsetter i en egen samtale.
private-reply-once = { $channel } lar deg sende denne ene meldingen; flere når de skriver tilbake.
private-reply-text = Svaret ditt
private-reply-send = Send privat
private-reply-sent = Besvart privat.
personal-title = Bare én person bør lese dette
personal-private = Svar heller privat
personal-anyway = Publiser likevel
personal-keep = Endre det
template-choose = Velg en mal
phone-no-text = Det kommer ingen tekst fram på telefon. Ring tilbake, og skriv ned hva som ble sagt.
phone-call-number = Ring { $number }
