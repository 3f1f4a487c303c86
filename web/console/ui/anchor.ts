/** Puts a popover or dialog below what opened it, or above when there is no room for as `tall` as it gets, always inside the window. */
export const placeBy = (floating: HTMLElement, anchor: Element, tall = floating.offsetHeight, gap = 6) => {
  const by = anchor.getBoundingClientRect();
  const { offsetWidth: width } = floating;
  const height = Math.max(tall, floating.offsetHeight);
  const below = by.bottom + gap;
  const fits = below + height <= innerHeight || by.top < height + gap;
  const end = by.left + width > innerWidth - 8;
  floating.style.margin = "0";
  floating.style.inset = "auto";
  floating.style.left = `${Math.max(8, end ? Math.min(by.right, innerWidth - 8) - width : by.left)}px`;
  floating.style.top = `${Math.max(8, fits ? Math.min(below, innerHeight - height - 8) : by.top - gap - height)}px`;
};
