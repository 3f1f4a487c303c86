letter-too-large = This e-mail is larger than { $megabytes } megabytes.
letter-without-header = This is no e-mail: it has no header.
letter-header-too-long = The header of this e-mail is longer than { $kilobytes } kilobytes.
letter-field-too-long = A field in the header of this e-mail is longer than { $kilobytes } kilobytes.
letter-too-many-fields = The header of this e-mail has more than { $most } fields.
letter-too-many-parts = This e-mail has more than { $most } parts.
letter-too-deep = The parts of this e-mail are nested more than { $most } deep.
