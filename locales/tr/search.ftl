title-search = Arama · Ombud
search-start = Bir konuşma ya da kişi bulun
search-start-about = Mesajdan sözcükler, bir ad, e-posta adresi ya da numara.
search-nothing = “{ $text }” için sonuç yok
search-nothing-about = Daha az sözcük ya da sözcüğün başını deneyin.
