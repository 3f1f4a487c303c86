## What Ombud says when something is not possible
input-not-valid = Dette er ikke gyldig. Se gjennom det og send det på nytt.
too-many-requests = { $seconds ->
    [one] For mange forespørsler. Prøv igjen om ett sekund.
   *[other] For mange forespørsler. Prøv igjen om { $seconds } sekunder.
}
overloaded = Flere spør akkurat nå enn det som kan besvares. Prøv igjen om et øyeblikk.
service-failed = Et system Ombud er avhengig av, har sviktet. Prøv igjen senere; loggen på tjeneren sier mer.
no-room = Disken på tjeneren er full, så dette ble ikke lagret. Den som driver tjeneren, må skaffe plass; send det så på nytt.
unavailable = Databasen til Ombud svarer ikke akkurat nå. Prøv igjen om noen sekunder.
broken = Ombud klarte ikke dette. Loggen på tjeneren sier hvorfor; ingenting ble endret.

## Lists
cursor-unknown = Denne markøren har Ombud ikke gitt ut. Begynn på nytt uten den.
