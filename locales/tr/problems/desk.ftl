macro-not-found = Bu hazır yanıt bulunamadı.
macro-name-taken = “{ $name }” adlı bir hazır yanıt zaten var. Onu değiştirin ya da başka bir ad seçin.
macro-in-no-language = Yanıtı en az bir dilde yazın.
macro-without-text = Bu hazır yanıtın, müşterinin ya da mağazanın dilinde bir metni yok.
too-many-macros = Bir mağazada en fazla { $most } hazır yanıt olabilir. Önce kimsenin kullanmadıklarını silin.
