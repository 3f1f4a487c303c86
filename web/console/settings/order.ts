/** Moves one by a step; says which now stand at another position than they are stored with. */
export const moved = <T extends { id: string; position: number }>(items: T[], index: number, step: 1 | -1) => {
  const order = [...items];
  const [one] = order.splice(index, 1);
  if (one) order.splice(index + step, 0, one);
  const changed = order.map((item, position) => ({ id: item.id, position, before: item.position })).filter(({ position, before }) => position !== before);
  return { order: order.map((item, position) => ({ ...item, position })), changed: changed.map(({ id, position }) => ({ id, position })) };
};
