letter-too-large = Denne e-posten er større enn { $megabytes } megabyte.
letter-without-header = Dette er ingen e-post: den har ikke noe hode.
letter-header-too-long = Hodet i denne e-posten er lengre enn { $kilobytes } kilobyte.
letter-field-too-long = Et felt i hodet på denne e-posten er lengre enn { $kilobytes } kilobyte.
letter-too-many-fields = Hodet i denne e-posten har flere enn { $most } felt.
letter-too-many-parts = Denne e-posten har flere enn { $most } deler.
letter-too-deep = Delene i denne e-posten ligger mer enn { $most } nivåer inni hverandre.
