declare module "virtual:messages" {
  const catalogues: Record<string, Record<string, () => Promise<{ default: string }>>>;
  export default catalogues;
}

declare module "virtual:messages/*" {
  const catalogue: string;
  export default catalogue;
}
