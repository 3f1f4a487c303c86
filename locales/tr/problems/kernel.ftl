## What Ombud says when something is not possible
input-not-valid = Bu geçerli değil. Gözden geçirip yeniden gönderin.
too-many-requests = Çok fazla istek geldi. { $seconds } saniye sonra yeniden deneyin.
overloaded = Şu anda yanıtlanabilecek olandan fazla istek var. Birazdan yeniden deneyin.
service-failed = Ombud’un bağlı olduğu bir sistem yanıt veremedi. Daha sonra yeniden deneyin; ayrıntılar sunucunun günlüğünde.
no-room = Sunucunun diski dolu olduğu için bu kaydedilmedi. Sunucuyu işleten kişinin yer açması gerekiyor; ardından yeniden gönderin.
unavailable = Ombud’un veritabanı şu anda yanıt vermiyor. Birkaç saniye sonra yeniden deneyin.
broken = Ombud bunu yapamadı. Nedeni sunucunun günlüğünde; hiçbir şey değişmedi.

## Lists
cursor-unknown = Bu imleci Ombud vermedi. Onsuz baştan başlayın.
