title-reports = Raporlar · Ombud
report-channels = Kanallar
report-when = Ne zaman
report-span = { $days ->
   *[other] Son { $days } gün
}
report-none = Henüz kimse yazmadı
report-none-about = Müşteriler yazdıkça nerede, ne zaman, hangi dilde yazdıklarını ve ne kadar beklediklerini burada görürsünüz.
report-advice = Nerede bulunmalı
report-conversations = { $count ->
    [one] Bir görüşme, %{ $percent }
   *[other] { $count } görüşme, %{ $percent }
}
report-change = Öncesine göre %{ $percent }
report-customers = Müşteri
report-answered = Yanıtlanan
report-median = Yarısı en çok bekler
report-long = Onda dokuzu en çok
report-languages = Diller
report-week = Ne zaman yazıyorlar ({ $zone })
report-which = Kanal
report-all = Tüm kanallar
report-hour = { $day }, saat { $hour }: { $count ->
    [one] bir görüşme
   *[other] { $count } görüşme
}
advice-unanswered = { $channel } üzerinden başlayanların %{ $percent } kadarını kimse yanıtlamadı.
advice-staff_first = Herkesin %{ $percent } kadarı { $channel } üzerinden yazıyor: önce orada olun.
advice-slower_than_others = Müşteriler { $channel } üzerinden başka yerlere göre en az iki kat uzun bekliyor.
advice-while_closed = %{ $percent } kadarı { $channel } üzerinden siz kapalıyken yazıyor. Daha uzun saatler ya da hızlı yanıtlar onlara ulaşır.
advice-language = %{ $percent } kadarı başka bir dilde yazıyor: { $language }. Kayıtlı yanıtlar ve bu dili bilen üyeler yardımcı olur.
advice-grows = { $channel } büyüyor: öncekinden %{ $percent } fazla.
advice-little_used = { $channel } üzerinden yüzde bir ya da daha azı yazıyor. Onsuz da olabilir.
