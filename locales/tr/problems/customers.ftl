customer-not-found = Bu müşteri bulunamadı.
not-a-phone-number = +47 22 22 22 22 gibi bir telefon numarası yazın.
visitor-unknown = Bu sohbet bu cihazda sona erdi. Yeni bir sohbet başlatın.
signature-used-before = Mağazanın imzası daha önce kullanılmış. Mağazanın sayfasından yenisini isteyin.
customer-erased = Bu müşterinin verileri silindi. Onunla ilgili artık hiçbir şey kaydedilemez.

## Merging
customer-merged = Bu müşteri başka bir müşteriyle birleştirildi. O müşteriyi açın ya da önce birleştirmeyi geri alın.
merged-with-itself = Bir müşteri kendisiyle birleştirilemez. Öbür müşteriyi seçin.
too-many-merged = En fazla { $most } müşteri tek bir kişi olabilir. Önce artık doğru olmayan bir birleştirmeyi geri alın.
merge-not-found = Bu müşteriler birleştirilmiş değil. Sayfayı yeniden yükleyin.
merge-erased = Bu müşterilerden birinin verileri o zamandan beri silindi, bu yüzden birleştirme kalıcıdır.
