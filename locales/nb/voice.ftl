# det de som ringer et nummer hos Twilio, hører
greeting = Velkommen til { $shop }. Et øyeblikk, så setter vi deg over.
waits = Alle våre er opptatt i telefonen. Du er nummer { $place } i køen. Bli på linjen, eller trykk 1, så ringer vi deg tilbake.
waits-unknown = Alle våre er opptatt i telefonen. Du er nummer { $place } i køen. Vi ber deg bli på linjen.
closed = { $shop } er stengt.
closed-until = { $shop } er stengt. Vi åpner { $day } klokken { $time }.
nobody = Ingen kan ta telefonen.
offer = Trykk 1, så ringer vi deg tilbake.
speak = Legg igjen en beskjed etter tonen, og trykk firkant når du er ferdig.
called-back = Takk. Vi ringer deg tilbake. Ha det bra.
called-back-by = Takk. Vi ringer deg tilbake senest { $day } klokken { $time }. Ha det bra.
thanks = Takk. Ha det bra.
sorry = Beklager, noe gikk galt hos oss.

# det en kollega hører som tar telefonen, og hvem de gikk glipp av
whisper = En kunde ringer { $line }. Trykk 1 for å ta samtalen.
gone = Kunden har lagt på.

# dager, slik de står i disse setningene
today = i dag
tomorrow = i morgen
day-1 = på mandag
day-2 = på tirsdag
day-3 = på onsdag
day-4 = på torsdag
day-5 = på fredag
day-6 = på lørdag
day-7 = på søndag
