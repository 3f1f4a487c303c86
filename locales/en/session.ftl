## Signing in, invitations and passwords
sign-in-about = Welcome back. Your customers will be glad.
sign-in-refused = E-mail and password do not match. Check both and try again.
sign-in-too-many = Too many attempts. Wait a few minutes, then try again.
forgot-password = Forgot your password?
forgot-about = Enter your e-mail address and we send you a link for a new password.
forgot-send = Send the link
forgot-asked = If somebody works here under { $email }, a link is on its way. It works for a short time only; look in the spam folder too.
back-to-sign-in = Back to sign-in
shop-closed-title = { $shop } is closed
shop-closed-about = Nobody is let in any more. Thank you for the time you spent here.
shop-closed-others = Sign in again to go on in your other shops: { $shops }.
password-new = New password
password-rules = At least 10 characters. A few words in a row are easy to remember.
password-change = Change password
