## What Ombud says when something is not possible
input-not-valid = Bu geçerli değil. Gözden geçirip yeniden gönderin.
too-many-requests = Çok fazla istek geldi. { $seconds } saniye sonra yeniden deneyin.
service-failed = Ombud’un bağlı olduğu bir sistem yanıt veremedi. Daha sonra yeniden deneyin; ayrıntılar sunucunun günlüğünde.
broken = Ombud bunu yapamadı. Nedeni sunucunun günlüğünde; hiçbir şey değişmedi.

## Lists
cursor-unknown = Bu imleci Ombud vermedi. Onsuz baştan başlayın.
