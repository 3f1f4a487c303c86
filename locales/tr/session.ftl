## Signing in, invitations and passwords
password-new = Yeni parola
password-rules = En az 10 karakter. Art arda birkaç sözcüğü hatırlamak kolaydır.
password-change = Parolayı değiştir
