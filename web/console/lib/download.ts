/** Puts a file among the browser's downloads. */
export const download = (file: Blob, name: string) => {
  const href = URL.createObjectURL(file);
  Object.assign(document.createElement("a"), { href, download: name }).click();
  // the browser has begun to copy it by then
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
};
