## Views
view-unassigned = Ikke tildelt
view-mine = Mine
view-mentions = Omtaler
view-open = Åpne
view-snoozed = Utsatt
view-resolved = Løst
view-spam = Søppel
view-all = Alle
views = Visninger
conversations = Samtaler
