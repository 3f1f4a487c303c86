import { inbox } from "../inbox/inbox.svelte";

/** Begins anew with what the server has now; what was being written is kept there first. */
export const reload = async () => {
  await inbox.keepDrafts();
  location.reload();
};
