const gap = 6;

const place = (floating: HTMLElement, anchor: Element, tall: number) => {
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

/**
 * Keeps a popover or dialog below what opened it, or above when there is no room for as tall as it gets, always inside the window,
 * whatever becomes of its size and the window's. A window that is not `widerThan` this leaves it where its style sheet puts it.
 * Call what is returned when it closes.
 */
export const keepBy = (floating: HTMLElement, anchor: Element, widerThan = 0) => {
  // what is found comes later: it grows, and where it is typed in stays where it is when it shrinks again
  let tallest = 0;
  const keep = () => {
    tallest = Math.max(tallest, floating.offsetHeight);
    if (innerWidth > widerThan) place(floating, anchor, tallest);
    else floating.removeAttribute("style");
  };
  keep();
  const watch = new ResizeObserver(keep);
  watch.observe(floating);
  addEventListener("resize", keep);
  return () => {
    watch.disconnect();
    removeEventListener("resize", keep);
  };
};
