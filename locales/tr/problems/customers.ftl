customer-not-found = Bu müşteri bulunamadı.
not-a-phone-number = +47 22 22 22 22 gibi bir telefon numarası yazın.
visitor-unknown = Bu sohbet bu cihazda sona erdi. Yeni bir sohbet başlatın.
signature-used-before = Mağazanın imzası daha önce kullanılmış. Mağazanın sayfasından yenisini isteyin.
customer-erased = Bu müşterinin verileri silindi. Onunla ilgili artık hiçbir şey kaydedilemez.
