/** The secret of a mailed link: it stands behind the #, which no server sees, and leaves the address bar at once. */
export const takeToken = (): string => {
  const token = location.hash.slice(1);
  if (token) history.replaceState(history.state, "", location.pathname + location.search);
  return token;
};
