## Conversations
conversation-not-found = Denne samtalen ble ikke funnet.
conversation-closed = Denne samtalen ble avsluttet for en tid siden. Start en ny; vi ser den gamle ved siden av.
conversation-erased = Kunden i denne samtalen er slettet. Ingenting mer kan skrives i den.
no-text-by-phone = Denne samtalen føres på telefon, og dit kommer ingen tekst. Ring tilbake, eller skriv et notat.
answer-is-public = Alle leser det som skrives i denne samtalen. Si at du vet det, eller svar privat.
public-personal-data = Alle ville lest dette: { $what }. Ta det ut, eller svar privat.
step-not-possible = Denne samtalen { $status ->
    [open] er åpen
    [waiting] venter på kunden
    [snoozed] er utsatt
    [resolved] er løst
   *[spam] er merket som søppel
} og kan derfor ikke { $step ->
    [write] ta imot en melding
    [reply] besvares
    [snooze] utsettes
    [wake] vekkes
    [resolve] løses
    [reopen] åpnes igjen
    [mark-spam] merkes som søppel
   *[unmark-spam] hentes ut av søppel
}.
snooze-in-past = Velg et tidspunkt i framtiden.
member-cannot-take = Denne personen kan ikke ta samtaler. Velg et aktivt medlem.
department-not-said = Si hvilken avdeling.
view-unknown = Visningene er unassigned, mine, mentions, open, department, snoozed, resolved, spam og all.

## Messages
message-not-found = Denne meldingen ble ikke funnet.
message-empty = Skriv noe, eller legg ved en fil.
answered-meanwhile = En kollega svarte mens du skrev. Les svaret, og send ditt hvis det fortsatt trengs.
reply-has-left = Dette svaret er sendt og kan ikke tas tilbake.
mentioned-nobody = En av dem du nevner, er ikke et aktivt medlem. Nevn noen andre.
hold-out-of-range = Velg 0 til { $most } sekunder.
snooze-until-not-said = Si hvor lenge sammen med «snooze», og bare da.
channel-not-found = Denne kanalen ble ikke funnet.

## Files
file-not-there = En av filene finnes ikke. Legg den ved på nytt.
file-too-large = Filen er større enn { $megabytes } MB. Gjør den mindre, eller send den i deler.

## Tags
tag-not-found = Denne etiketten ble ikke funnet.
tag-deleted = En av disse etikettene er slettet. Velg på nytt.
tag-name-taken = Det finnes allerede en etikett som heter «{ $name }». Bruk den, eller velg et annet navn.
too-many-tags = En butikk har høyst { $most } etiketter. Slett noen først.
message-not-failed = Den er sendt, eller venter på tur.
cannot-join = Disse to kan ikke slås sammen: begge må føres på e-post, og ingen av dem kan være slettet eller slått sammen fra før.
cannot-split = Bare det en kunde har skrevet kan skilles ut, og bare der noe annet blir igjen.
