replies-about = Svar dere gir ofte, på alle språk kundene skriver. Skriv / i et svar for å bruke ett.
replies-search = Søk i lagrede svar
replies-empty = Ingen lagrede svar her
replies-empty-about = Skriv ett for spørsmålet dere svarer på hver dag.
reply-new = Nytt lagret svar
reply-edit-about = Én tekst per språk. Det som står i klammer, fylles inn for hver kunde.
reply-readonly = Dette svaret tilhører hele butikken. Du kan bruke det; en teamleder kan endre det.
reply-name-about = Det du skriver for å finne det.
reply-folder = Mappe
reply-folder-about = For eksempel «Levering». Kan stå tom.
reply-folders = Mapper så langt: { $folders }
reply-no-folder = Uten mappe
reply-shared = For alle
reply-shared-about = Ellers ser bare du det.
reply-own = bare du
reply-used = { $count ->
    [0] ikke brukt ennå
    [1] brukt én gang
   *[other] brukt { $count } ganger
}
reply-tags = Etiketter det setter på samtalen
reply-tags-about = Når svaret sendes.
reply-text = Tekst
reply-text-about = Mangler et språk, brukes butikkens.
insert-value = Sett inn der markøren står:
reply-preview = Slik leses det, { $language }
reply-preview-empty = Ikke noe skrevet ennå.
reply-preview-about = Markerte ord er eksempler; hver kunde får sine egne.
reply-preview-unknown = Den røde delen ber om noe Ombud ikke kjenner; det ville blitt utelatt.
reply-delete-title = Slette { $name }?
reply-delete-shared = Ingen i butikken kan bruke det lenger. Svar som er skrevet, blir som de er.
reply-delete-own = Svar som er skrevet med det, blir som de er.
