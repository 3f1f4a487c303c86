page-file-not-found = There is no such file.
page-file-outdated = This file is of another version. Load the page again.
