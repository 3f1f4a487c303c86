span-unknown = Raporlar son 7, 30 ya da 90 günü kapsar.
