## Signing in, invitations and passwords
password-new = Nytt passord
password-rules = Minst 10 tegn. Noen ord på rad er lette å huske.
password-change = Endre passord
