letter-from = Fra
letter-to = Til
letter-cc = Kopi
letter-date = Skrevet
letter-files = Vedlagt
letter-gone = Dette brevet er ikke lenger lagret.
letter-unproved = Ingen har gått god for avsenderen: hvem som helst kan ha skrevet det.
letter-pictures = { $count ->
    [one] Vis ett bilde utenfra
   *[other] Vis { $count } bilder utenfra
}
