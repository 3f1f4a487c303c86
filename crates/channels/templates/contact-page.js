// What the contact form does beyond HTML: it tells its frame how high it is, says before sending that files are too large, and is
// sent once.
if (parent !== window) new ResizeObserver(() => parent.postMessage({ ombudContactHeight: Math.ceil(document.body.getBoundingClientRect().height) }, "*")).observe(document.body);
document.getElementById("notice")?.focus();

const files = document.getElementById("files");
files?.addEventListener("change", () => {
  const bytes = [...files.files].reduce((sum, { size }) => sum + size, 0);
  files.setCustomValidity(bytes > Number(files.dataset.mostBytes) ? files.dataset.tooLarge : "");
  files.reportValidity();
});

const form = document.querySelector("form");
const button = form?.querySelector("button");
form?.addEventListener("submit", (event) => {
  if (button.hasAttribute("aria-disabled")) event.preventDefault();
  button.setAttribute("aria-disabled", "true");
});
// whoever comes back to the page may send it again
addEventListener("pageshow", () => button?.removeAttribute("aria-disabled"));
