import { tongue } from "../lib/i18n.svelte";

/** Not every customer has a cart: what shows it comes with its words, once somebody is looked at. */
export const liveCart = async () => {
  await tongue.learn("storefront");
  return import("./LiveCart.svelte");
};
