/** For a terminal: says that it rings, signed as Standard Webhooks has it. */
export const phoneExample = (address: string, secret: string) => `secret='${secret}'
body='{"event":"ringing","call_id":"test-1","caller":"+4791234567","called":"+4722000000"}'
id="msg_$(date +%s%N)"; at=$(date +%s)
key=$(printf %s "\${secret#whsec_}" | base64 -d | od -An -v -tx1 | tr -d " \\n")
signature=$(printf %s "$id.$at.$body" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary | base64)
curl -i '${address}' -H 'Content-Type: application/json' \\
  -H "webhook-id: $id" -H "webhook-timestamp: $at" -H "webhook-signature: v1,$signature" -d "$body"
`;
