page-file-not-found = Böyle bir dosya yok.
page-file-outdated = Bu dosya başka bir sürüme ait. Sayfayı yeniden yükleyin.
