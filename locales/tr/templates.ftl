template-about = WhatsApp bu metinleri her zaman kabul eder. Boşlukları doldurun ve müşterinin ne okuyacağına bakın.
template-none = WhatsApp buradan gönderilebilecek bir şablonu henüz onaylamadı. WhatsApp Manager’da bir tane yazın, sonra yenileyin.
template-marketing = Reklam: yalnızca onay veren müşterilere.
template-utility = Bir sipariş ya da talep hakkında.
template-gap = Boşluk { $name }
template-example = Örneğin: { $example }
template-preview = Müşterinin okuyacağı
template-others = { $count ->
    [one] Bir tane daha şu anda onaylı değil ya da resim veya form gerektiriyor.
   *[other] { $count } tane daha şu anda onaylı değil ya da resim veya form gerektiriyor.
}
template-told = WhatsApp’a { $time } soruldu.
template-refresh = Listeyi yenile
template-send = Şablonu gönder
known-first_name = Ad
known-full_name = Ad ve soyadı
known-order_number = Son siparişin numarası
known-tracking_number = Takip numarası
known-tracking_link = Takip bağlantısı
known-shop = Mağaza
known-agent = Siz

allowance = Kota
allowance-used = Son 24 saatte { $most } müşteriden { $opened } kişiye önce siz yazdınız
allowance-open = Son 24 saatte { $opened } müşteriye önce siz yazdınız; sınır yok
quality-good = Müşteriler bu numaradan gelenlerden memnun
quality-middling = Bazı müşteriler bu numaradan gelenlerden şikâyetçi
quality-poor = Birçok müşteri bu numaradan gelenlerden şikâyetçi
