import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { vi } from "vitest";
import { Api } from "./api";

export const repository = resolve(import.meta.dirname, "../../..");

/** Where PostgreSQL can be reached; scripts/with-postgres starts one. */
export const postgres = process.env.OMBUD_TEST_POSTGRES;

export type Card = { shop: string; console: string; api: string; email: string; password: string; token: string };
type Wish = {
  engine?: "sqlite" | "postgres";
  /** What of this machine it may connect to, as `host:port`. */
  reaches?: string;
  /** Where partners are, `telegram=http://…`, besides at their own address. */
  partners?: string;
};

/** Where the demo shop is, on however many nodes. */
export type Desk = Pick<Server, "origin" | "card" | "api">;

/** The real binary with the demo shop, on a port and with data of its own. */
export class Server {
  card!: Card;
  api!: Api;
  #process: ChildProcess | undefined;

  private constructor(
    readonly folder: string,
    readonly port: number,
    readonly database: string | undefined,
    readonly reaches: string | undefined,
    readonly partners: string | undefined,
  ) {}

  static async start({ engine = "sqlite", reaches, partners }: Wish = {}): Promise<Server> {
    const folder = mkdtempSync(join(tmpdir(), "ombud-walk-"));
    const server = new Server(folder, await freePort(), engine === "postgres" ? makeDatabase() : undefined, reaches, partners);
    await server.run();
    server.api = new Api(server.origin, server.card.token);
    await openAllDay(server.api);
    return server;
  }

  get origin() {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Starts the binary; again on the same data after `stop`. */
  async run() {
    const log = openSync(join(this.folder, "server.log"), "a");
    const place = ["--data", join(this.folder, "data"), "--listen", `127.0.0.1:${this.port}`, "--json"];
    const database = this.database ? ["--database-url", this.database] : [];
    const env = { ...plainEnvironment(), ...(this.reaches && { OMBUD_REACHABLE_INSIDE: this.reaches }), ...(this.partners && { OMBUD_PARTNERS: this.partners }) };
    const child = spawn(binary(), ["demo", ...place, ...database], { env, stdio: ["ignore", "pipe", log] });
    this.#process = child;
    processes.add(child);
    child.once("exit", () => processes.delete(child));
    this.card = JSON.parse(await firstLine(child, this.log)) as Card;
    child.stdout?.resume();
    // it says where it is before it answers there
    await vi.waitFor(async () => (await fetch(`${this.origin}/readyz`)).ok || Promise.reject(new Error("not ready")), { timeout: 10_000, interval: 20 });
  }

  get log() {
    return () => readFileSync(join(this.folder, "server.log"), "utf8").split("\n").slice(-20).join("\n");
  }

  /** As when the machine is turned off, or politely. */
  async halt(signal: "SIGTERM" | "SIGKILL" = "SIGTERM") {
    const child = this.#process;
    if (!child || child.exitCode !== null) return;
    const ended = new Promise((done) => child.once("exit", done));
    child.kill(signal);
    await ended;
  }

  /** Is backed up while it runs, loses all it has, and comes back from the backup. */
  async restore() {
    const [data, backup] = [join(this.folder, "data"), join(this.folder, "backup")];
    const say = (command: string) => execFileSync(binary(), [command, backup, "--data", data], { env: plainEnvironment(), stdio: ["ignore", "ignore", "inherit"] });
    const own = ["demo.json", "demo-post.json"].map((name) => [join(data, name), readFileSync(join(data, name))] as const);
    say("backup");
    await this.halt("SIGKILL");
    rmSync(data, { recursive: true });
    say("restore");
    // the demo's own, and nothing that a shop has
    for (const [path, content] of own) writeFileSync(path, content);
    await this.run();
  }

  async stop() {
    await this.halt("SIGKILL");
    rmSync(this.folder, { recursive: true, force: true });
    if (this.database) sql(`DROP DATABASE ${new URL(this.database).pathname.slice(1)} WITH (FORCE)`);
  }
}

export const processes = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of processes) child.kill("SIGKILL");
});

export function binary() {
  const target = process.env.CARGO_TARGET_DIR ?? "target";
  const path = process.env.OMBUD_BINARY ?? process.env.OMBUD_BIN ?? join(resolve(repository, target), "debug/ombud");
  if (!existsSync(path)) throw new Error(`There is no ${path}. Build it with “cargo build --bin ombud”, or name it in OMBUD_BINARY.`);
  return path;
}

/** What the tests are told by the environment is no setting of the server. */
export const plainEnvironment = () => Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("OMBUD_")));

export const freePort = () =>
  new Promise<number>((done, fail) => {
    const probe = createServer().once("error", fail);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => done(port));
    });
  });

export const firstLine = (child: ChildProcess, log: () => string) =>
  new Promise<string>((done, fail) => {
    let said = "";
    child.stdout?.on("data", (chunk) => {
      said += chunk;
      if (said.includes("\n")) done(said.slice(0, said.indexOf("\n")));
    });
    child.once("error", fail);
    child.once("exit", (code) => fail(new Error(`The server ended with ${code}:\n${log()}`)));
  });

export function makeDatabase() {
  const name = `walk_${randomBytes(8).toString("hex")}`;
  sql(`CREATE DATABASE ${name}`);
  const url = new URL(postgres!);
  url.pathname = `/${name}`;
  return url.href;
}

export const sql = (statement: string) => execFileSync("psql", [postgres!, "-qXc", statement], { stdio: ["ignore", "ignore", "inherit"] });

/** The walks do not ask what the time is: the shop never closes, unless a story closes it. */
export async function openAllDay(api: Api) {
  const { items } = await api.get<{ items: { id: string; name: string; time_zone: string; is_default: boolean }[] }>("/schedules");
  const week = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, from: "00:00", to: "00:00" }));
  for (const { id, name, time_zone, is_default } of items) await api.put(`/schedules/${id}`, { name, time_zone, is_default, week, holidays: [] });
}
