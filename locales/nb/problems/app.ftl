page-file-not-found = Det finnes ingen slik fil.
page-file-outdated = Denne filen hører til en annen versjon. Last siden på nytt.
