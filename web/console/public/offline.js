const spoken = ["en", "nb", "tr", "zh"];
const wished = [localStorage.getItem("language"), ...navigator.languages.map((tag) => tag.slice(0, 2).replace(/^n[no]$/, "nb"))];
const shown = wished.find((language) => spoken.includes(language)) ?? "en";
document.documentElement.lang = shown;
document.documentElement.dataset.shown = shown;
addEventListener("online", () => location.reload());
