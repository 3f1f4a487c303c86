## Boten

# innstillinger
quick-replies = Hurtigsvar
quick-replies-about = Svar kundene får med én gang, med et trykk i chatten. Boten sier at den er en bot, og et menneske er alltid ett trykk unna.
quick-replies-offered = Hva den svarer på
quick-replies-offered-about = Bare det som er slått på og har en tekst, vises i chatten.
quick-reply-track-order = Spor bestillingen min
quick-reply-track-order-about = Fortelles til kunder du har logget inn, til den som kjenner bestillingens nummer, e-postadresse og postnummer, og til den som leser en kode sendt til den adressen.
quick-reply-return-policy = Returvilkår
quick-reply-return-policy-about = Hentes fra din egen tekst nedenfor.
quick-reply-shipping = Frakt: pris og tid
quick-reply-shipping-about = Hentes fra din egen tekst nedenfor.
quick-reply-opening-hours = Åpningstider
quick-reply-opening-hours-about = Hentes fra butikkens åpningstider, med helligdagene de neste 30 dagene.
quick-reply-department = Hvem som tar seg av en pakke det er trøbbel med
quick-reply-department-about = Når en pakke er forsinket, står stille eller ikke kan leveres, sendes kunden straks videre til et menneske.
quick-reply-department-none = Den som er der først
quick-reply-return-policy-text = Det dere sier om retur
quick-reply-shipping-text = Det dere sier om frakt
quick-reply-text-about = { $shop } setter inn navnet på butikken. Nettadresser blir lenker.
quick-replies-preview = I chatten, på { $language }

# åpningstider med ord
hours-open-until = Vi har åpent nå, til kl. { $time }.
hours-open-until-day = Vi har åpent nå, til { $day } kl. { $time }.
hours-closed-until = Vi har stengt nå og åpner kl. { $time }.
hours-closed-until-day = Vi har stengt nå og åpner { $day } kl. { $time }.
hours-always = Vi har alltid åpent.
hours-never = Vi har stengt inntil videre.
hours-line = { $day }: { $hours }
hours-closed = stengt
day-1 = mandag
day-2 = tirsdag
day-3 = onsdag
day-4 = torsdag
day-5 = fredag
day-6 = lørdag
day-7 = søndag

# bestillinger med ord
told-order = Bestilling { $number }: { $status }.
told-promised = Den skal være hos deg innen { $date }.
told-late = Den skulle ha vært hos deg innen { $date }. Beklager at den er forsinket.
told-stuck = Transportøren har ikke meldt noe siden { $date }. Beklager ventetiden.
told-failed = Beklager, den når deg ikke uten hjelp.
told-person = Jeg gir dette videre til et menneske.
told-none = Jeg finner ingen bestillinger fra deg.
told-status-unfulfilled = mottatt, ikke pakket ennå
told-status-processing-fulfilment = blir pakket
told-status-pending-delivery = pakket, venter på transportøren
told-status-ready-for-pickup = klar til henting
told-status-in-transit = på vei
told-status-out-for-delivery = blir levert i dag
told-status-attempted-delivery = transportøren kom, men traff ingen
told-status-delivered = levert
told-status-failed-delivery = kunne ikke leveres
told-status-failed-fulfilment = kunne ikke pakkes
told-status-cancelled = kansellert
told-status-partially-refunded = delvis refundert
told-status-refunded = refundert
