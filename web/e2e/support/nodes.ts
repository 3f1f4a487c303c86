import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { type AddressInfo, connect, createServer, type Server as TcpServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { vi } from "vitest";
import { Api } from "./api";
import { binary, type Card, firstLine, freePort, makeDatabase, openAllDay, plainEnvironment, processes, sql } from "./server";

/** A process that can be ended and started again. */
class Node {
  #process: ChildProcess | undefined;

  constructor(
    readonly port: number,
    readonly command: string,
    readonly args: string[],
    readonly log: string,
    readonly environment: Record<string, string>,
  ) {}

  /** What it says first, when it says something. */
  async run(speaks = true) {
    const log = openSync(this.log, "a");
    const child = spawn(this.command, this.args, { env: { ...plainEnvironment(), ...this.environment }, stdio: ["ignore", speaks ? "pipe" : log, log] });
    this.#process = child;
    processes.add(child);
    child.once("exit", () => processes.delete(child));
    if (!speaks) return "";
    const line = await firstLine(child, () => readFileSync(this.log, "utf8").split("\n").slice(-20).join("\n"));
    child.stdout?.resume();
    await vi.waitFor(async () => (await fetch(`http://127.0.0.1:${this.port}/readyz`)).ok || Promise.reject(new Error("not ready")), { timeout: 10_000, interval: 20 });
    return line;
  }

  async kill() {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((done) => child.once("exit", done));
    child.kill("SIGKILL");
    await ended;
  }
}

/** In front of the nodes: a connection goes to the next one that takes it. It knows nothing of HTTP but which are sockets. */
class Balancer {
  readonly #server: TcpServer;
  readonly #to: () => number[];
  #next = 0;
  /** The open sockets, by the port of the node that has them, with their path. */
  readonly sockets = new Map<Socket, { port: number; path: string }>();

  constructor(to: () => number[]) {
    this.#to = to;
    this.#server = createServer((near) => {
      near.on("error", () => near.destroy());
      this.#pass(near, this.#to().length);
    });
  }

  async listens(port: number) {
    await new Promise<void>((done) => this.#server.listen(port, "127.0.0.1", done));
    return (this.#server.address() as AddressInfo).port;
  }

  closes() {
    this.#server.close();
  }

  #pass(near: Socket, tries: number) {
    const ports = this.#to();
    const port = ports[this.#next++ % ports.length]!;
    const far = connect(port, "127.0.0.1");
    let through = false;
    far.on("error", () => (through || tries === 1 ? near.destroy() : this.#pass(near, tries - 1)));
    far.once("connect", () => {
      through = true;
      near.once("data", (first: Buffer) => {
        const asked = first.toString("latin1");
        if (/^upgrade: websocket/im.test(asked)) this.sockets.set(near, { port, path: asked.split(" ")[1] ?? "" });
      });
      near.pipe(far).pipe(near);
      near.once("close", () => {
        this.sockets.delete(near);
        far.destroy();
      });
      far.once("close", () => near.destroy());
    });
  }
}

/** Three processes over one PostgreSQL, a NATS server of their own, and a load balancer in front. */
export class Nodes {
  card!: Card;
  api!: Api;
  readonly nodes: Node[] = [];
  readonly balancer = new Balancer(() => this.nodes.map(({ port }) => port));

  private constructor(
    readonly folder: string,
    readonly port: number,
    readonly database: string,
    readonly nats: Node,
  ) {}

  static async start() {
    const folder = mkdtempSync(join(tmpdir(), "ombud-nodes-"));
    const [port, natsPort] = [await freePort(), await freePort()];
    const nats = new Node(natsPort, "nats-server", ["-a", "127.0.0.1", "-p", `${natsPort}`], join(folder, "nats.log"), {});
    const nodes = new Nodes(folder, port, makeDatabase(), nats);
    await nats.run(false);
    for (let n = 0; n < 3; n++) {
      const own = await freePort();
      const args = ["demo", "--json", "--data", join(folder, "data"), "--database-url", nodes.database, "--listen", `127.0.0.1:${own}`, "--nats-url", `nats://127.0.0.1:${natsPort}`];
      const node = new Node(own, binary(), args, join(folder, `node-${n}.log`), { OMBUD_PUBLIC_URL: nodes.origin });
      nodes.nodes.push(node);
      // the first makes the shop, and the others find it
      nodes.card = JSON.parse(await node.run()) as Card;
    }
    await nodes.balancer.listens(port);
    nodes.api = new Api(nodes.origin, nodes.card.token);
    await openAllDay(nodes.api);
    return nodes;
  }

  get origin() {
    return `http://127.0.0.1:${this.port}`;
  }

  /** The node that has a socket with this path open. */
  async serving(path: string) {
    return await vi.waitFor(
      () => {
        const socket = [...this.balancer.sockets.values()].find((it) => it.path === path);
        return this.nodes.find(({ port }) => port === socket?.port) ?? Promise.reject(new Error(`nobody has ${path} open`));
      },
      { timeout: 10_000, interval: 20 },
    );
  }

  async stop() {
    this.balancer.closes();
    await Promise.all([...this.nodes, this.nats].map((node) => node.kill()));
    rmSync(this.folder, { recursive: true, force: true });
    sql(`DROP DATABASE ${new URL(this.database).pathname.slice(1)} WITH (FORCE)`);
  }
}
