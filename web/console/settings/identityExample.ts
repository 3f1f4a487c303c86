/** For the shop's own server: signs who is signed in, with nothing but what Node brings. */
export const identityExample = (widget: string) => `import { createHmac, randomUUID } from "node:crypto";

const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");

export function chatIdentity(customer) {
  const now = Math.floor(Date.now() / 1000);
  const head = part({ alg: "HS256", typ: "JWT" });
  const claims = part({
    sub: customer.id,
    aud: "${widget}",
    exp: now + 300,
    nonce: randomUUID(),
    name: customer.name,
    email: customer.email,
    email_verified: customer.emailVerified,
  });
  const signature = createHmac("sha256", process.env.OMBUD_IDENTITY_SECRET)
    .update(head + "." + claims)
    .digest("base64url");
  return head + "." + claims + "." + signature;
}
`;
