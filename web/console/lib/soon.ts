/** Many calls close together become one, `delay` after the first. */
export const soon = (work: () => unknown, delay: number) => {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  return () => {
    waiting ??= setTimeout(() => {
      waiting = undefined;
      work();
    }, delay);
  };
};

/** Waits until the calls stop for `delay`. `now` runs what waits, `drop` forgets it. */
export const settled = (work: () => unknown, delay: number) => {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const drop = () => {
    clearTimeout(waiting);
    waiting = undefined;
  };
  const now = () => {
    if (waiting === undefined) return;
    drop();
    return work();
  };
  const later = () => {
    drop();
    waiting = setTimeout(now, delay);
  };
  return { later, now, drop };
};
