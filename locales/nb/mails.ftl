## A password link
reset-subject = Velg et nytt passord
reset-text =
    Hei!

    Noen, forhåpentligvis deg, har bedt om et nytt passord til Ombud-kontoen din. Velg det her innen én time:

    { $link }

    Var det ikke deg, kan du se bort fra denne e-posten: Passordet ditt forblir som det er.

## An invitation
invitation-subject = Invitasjon til { $shop }
invitation-text =
    Hei!

    { $inviter } inviterer deg til å ta vare på kundene til { $shop } sammen, med Ombud. Godta innen sju dager:

    { $link }

    Hvis du ikke ventet dette, kan du se bort fra e-posten.

## A code for whoever asks after orders
order-code-subject = { $code } er koden din for { $shop }
order-code-text =
    Hei,

    noen, forhåpentligvis du, vil vite i chatten til { $shop } hvor bestillingene er som ble gjort med denne adressen. Skriv inn denne koden der innen ti minutter:

    { $code }

    Var det ikke du, kan du se bort fra denne e-posten: uten koden får ingen vite noe.
