## Signing in, invitations and passwords
password-new = New password
password-rules = At least 10 characters. A few words in a row are easy to remember.
password-change = Change password
