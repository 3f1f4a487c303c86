letter-from = Kimden
letter-to = Kime
letter-cc = Bilgi
letter-date = Yazıldığı tarih
letter-files = Ekler
letter-gone = Bu mektup artık saklanmıyor.
letter-unproved = Gönderene kimse kefil olmadı: herkes yazmış olabilir.
letter-pictures = { $count ->
    [one] Dışarıdan bir resmi göster
   *[other] Dışarıdan { $count } resmi göster
}
