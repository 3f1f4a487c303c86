macro-not-found = Dette lagrede svaret ble ikke funnet.
macro-name-taken = Det finnes allerede et lagret svar som heter «{ $name }». Endre det, eller velg et annet navn.
macro-in-no-language = Skriv svaret på minst ett språk.
macro-without-text = Dette lagrede svaret har ingen tekst på kundens eller butikkens språk.
too-many-macros = En butikk har høyst { $most } lagrede svar. Slett noen som ingen bruker, først.
