title-reports = Rapporter · Ombud
report-channels = Kanaler
report-when = Når
report-span = { $days ->
   *[other] Siste { $days } dager
}
report-none = Ingen har skrevet ennå
report-none-about = Når kundene skriver, ser du her hvor, når og på hvilket språk, og hvor lenge de venter.
report-advice = Hvor det lønner seg å være
report-conversations = { $count ->
    [one] Én samtale, { $percent } %
   *[other] { $count } samtaler, { $percent } %
}
report-change = { $percent } % fra før
report-customers = Kunder
report-answered = Besvart
report-median = Halvparten venter høyst
report-long = Ni av ti høyst
report-languages = Språk
report-week = Når de skriver ({ $zone })
report-which = Kanal
report-all = Alle kanaler
report-hour = { $day } kl. { $hour }: { $count ->
    [one] én samtale
   *[other] { $count } samtaler
}
advice-unanswered = { $percent } % av det som begynner via { $channel }, har ingen svart på.
advice-staff_first = { $percent } % av alle skriver via { $channel }: vær der først.
advice-slower_than_others = Kundene venter minst dobbelt så lenge via { $channel } som andre steder.
advice-while_closed = { $percent } % skriver via { $channel } mens dere har stengt. Lengre åpningstider eller hurtigsvar ville nådd dem.
advice-language = { $percent } % skriver på et annet språk: { $language }. Lagrede svar og medlemmer som kan det, hjelper.
advice-grows = { $channel } vokser: { $percent } % mer enn før.
advice-little_used = Én av hundre eller færre skriver via { $channel }. Dere klarer dere kanskje uten.
