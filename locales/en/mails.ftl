## A password link
reset-subject = Choose a new password
reset-text =
    Hello,

    somebody, we hope you, asked for a new password for your Ombud account. Choose it here within one hour:

    { $link }

    If it was not you, ignore this mail: your password stays as it is.

## An invitation
invitation-subject = Your invitation to { $shop }
invitation-text =
    Hello,

    { $inviter } invites you to look after the customers of { $shop } together, with Ombud. Accept within seven days:

    { $link }

    If you did not expect this, ignore this mail.

## A code for whoever asks after orders
order-code-subject = { $code } is your code for { $shop }
order-code-text =
    Hello,

    somebody, we hope you, wants to know in the chat of { $shop } where the orders are that were placed with this address. Type this code in there within ten minutes:

    { $code }

    If it was not you, ignore this mail: without the code nobody is told anything.
