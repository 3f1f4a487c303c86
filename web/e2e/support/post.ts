import { connect } from "node:net";
import { createInterface } from "node:readline";

/** Real mail servers; scripts/with-mail starts them. Every address is a mailbox there. */
export const imap = process.env.OMBUD_TEST_IMAP;
export const smtp = process.env.OMBUD_TEST_SMTP;
export const password = "fjellheim";

const parts = (server: string) => {
  const [host, port] = server.split(":") as [string, string];
  return { host, port: Number(port) };
};
export const at = (server: string, user: string) => ({ ...parts(server), security: "none" as const, user });

/** Sends a letter as somebody's mail program does. */
export async function sends(from: string, to: string, letter: string) {
  const line = connect(parts(smtp!));
  const answers = createInterface({ input: line })[Symbol.asyncIterator]();
  const answered = async () => {
    for (;;) {
      const { value } = await answers.next();
      if (!/^[23]\d\d[ -]/.test(value)) throw new Error(`The mail server said: ${value}`);
      if (value[3] === " ") return;
    }
  };
  await answered();
  const plain = Buffer.from(`\0${from}\0${password}`).toString("base64");
  const body = letter.replaceAll(/\r?\n/g, "\r\n").replaceAll(/^\./gm, "..");
  for (const said of ["EHLO walk.example", `AUTH PLAIN ${plain}`, `MAIL FROM:<${from}>`, `RCPT TO:<${to}>`, "DATA", `${body}\r\n.`, "QUIT"]) {
    line.write(`${said}\r\n`);
    await answered();
  }
  line.end();
}
