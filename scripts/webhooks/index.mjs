// Holds what Ombud's tests sign against Shopify's own library and WooCommerce's documented algorithm.
//
//   node index.mjs FILE     each example of FILE is accepted by the library, and refused once a letter of it is different
//   node index.mjs FILE -w  writes the signatures that the library and the algorithm make
import "@shopify/shopify-api/adapters/node";
import { ApiVersion, shopifyApi } from "@shopify/shopify-api";
import { createHmac } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { IncomingMessage, ServerResponse } from "node:http";

const [file, write] = process.argv.slice(2);
const examples = JSON.parse(readFileSync(file, "utf8"));

// what WooCommerce does (class-wc-webhook.php, generate_signature): base64_encode(hash_hmac("sha256", $payload, $secret, true))
const sign = ({ secret, body }) => createHmac("sha256", secret).update(body, "utf8").digest("base64");

const accepts = async ({ secret, body, signature }) => {
  const library = shopifyApi({
    apiKey: "key",
    apiSecretKey: secret,
    apiVersion: Object.values(ApiVersion).at(-1),
    hostName: "desk.example",
    isEmbeddedApp: false,
    logger: { log: () => undefined },
  });
  const request = new IncomingMessage();
  request.method = "POST";
  request.headers = {
    "x-shopify-topic": "orders/updated",
    "x-shopify-hmac-sha256": signature,
    "x-shopify-shop-domain": "your-shop.myshopify.com",
    "x-shopify-api-version": "2026-10",
    "x-shopify-webhook-id": "b54557e4-bdd9-4b37-8a5f-bf7d70bcd043",
  };
  const judged = await library.webhooks.validate({ rawBody: body, rawRequest: request, rawResponse: new ServerResponse(request) });
  return judged.valid;
};

if (write === "-w") {
  writeFileSync(file, `${JSON.stringify(examples.map((example) => ({ ...example, signature: sign(example) })), null, 2)}\n`);
}
const wrong = [];
for (const example of JSON.parse(readFileSync(file, "utf8"))) {
  if (sign(example) !== example.signature) wrong.push(`WooCommerce would sign otherwise: ${JSON.stringify(example)}`);
  if (!(await accepts(example))) wrong.push(`Shopify's library refuses ${JSON.stringify(example)}`);
  if (await accepts({ ...example, body: `${example.body} ` })) wrong.push(`Shopify's library accepts anything: ${JSON.stringify(example)}`);
}
if (wrong.length > 0) console.error(wrong.join("\n"));
console.log(`${3 * examples.length - wrong.length} passed, ${wrong.length} failed`);
process.exitCode = Math.min(wrong.length, 1);
