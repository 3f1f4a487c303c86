template-about = WhatsApp tar imot disse tekstene når som helst. Fyll ut feltene og se hva kunden vil lese.
template-none = WhatsApp har ikke godkjent noen mal som kan sendes herfra ennå. Skriv en i WhatsApp Manager, og oppdater.
template-marketing = Reklame: bare til kunder som har samtykket.
template-utility = Om en ordre eller en henvendelse.
template-gap = Felt { $name }
template-example = For eksempel: { $example }
template-preview = Dette leser kunden
template-others = { $count ->
    [one] Én til er ikke godkjent nå, eller trenger et bilde eller et skjema.
   *[other] { $count } til er ikke godkjent nå, eller trenger et bilde eller et skjema.
}
template-told = WhatsApp ble spurt { $time }.
template-refresh = Oppdater listen
template-send = Send malen
known-first_name = Fornavn
known-full_name = Navn
known-order_number = Nummeret på siste ordre
known-tracking_number = Sporingsnummer
known-tracking_link = Sporingslenke
known-shop = Butikken
known-agent = Du

allowance = Kvote
allowance-used = { $opened } av { $most } kunder skrevet til først det siste døgnet
allowance-open = { $opened } kunder skrevet til først det siste døgnet; det er ingen grense
quality-good = Kundene er fornøyde med det nummeret sender
quality-middling = Noen kunder klager på det nummeret sender
quality-poor = Mange kunder klager på det nummeret sender
