## Saved replies
macros = Hazır yanıtlar
