alerts-about = For this browser only. Both are off until you want them.
alerts-sound = Sound
alerts-sound-hint = Two soft notes when a customer writes.
alerts-popups = Pop-ups from the browser
alerts-popups-hint = When a customer writes while you look elsewhere.
alerts-refused = The browser does not allow it. Change that in its settings for this site.
