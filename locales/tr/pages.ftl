## Every page
languages = Dil

## The front page
front-about = Bir çevrimiçi mağazanın müşteri hizmetleri masası.
front-console = Konsol
front-console-about = Yanıt verenler için.
front-shop = Örnek mağaza
front-shop-about = Sayfalarında sohbet var.
front-mail-about = Örnek kurulumun göndereceği e-postalar.
front-api = API belgeleri
front-api-about = Ombud üzerine geliştirme yapanlar için.

## The demo’s mail
mail-title = Sistem e-postaları
mail-about = Davetler ve parola bağlantıları. Örnek kurulumun e-posta sunucusu olmadığından burada tutulurlar.
mail-none = Henüz bir şey yok.
mail-invite = Birini davet edin

## The API reference
reference-title = API belgeleri
