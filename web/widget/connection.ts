const STILL_THERE = 25_000;
const LONGEST_WAIT = 30_000;

export type Frame = { type: string } & Record<string, unknown>;

interface Ends {
  first: () => object;
  heard: (frame: Frame) => void;
  changed: (up: boolean) => void;
}

/** A socket that comes back by itself: waits grow and are scattered, so that a shop's visitors do not all return at once. */
export class Connection {
  #socket?: WebSocket;
  #failures = 0;
  #retry?: ReturnType<typeof setTimeout>;
  #pulse?: ReturnType<typeof setInterval>;
  #quiet = false;
  #again = () => this.open();

  constructor(readonly url: string, readonly ends: Ends) {
    addEventListener('online', this.#again);
  }

  open() {
    this.#drop();
    const socket = new WebSocket(this.url);
    this.#socket = socket;
    socket.onopen = () => socket.send(JSON.stringify(this.ends.first()));
    socket.onmessage = ({ data }) => {
      this.#quiet = false;
      const frame: Frame = JSON.parse(data);
      if (frame.type === 'hello') this.#settle();
      this.ends.heard(frame);
    };
    socket.onclose = () => {
      this.#drop();
      const wait = Math.min(LONGEST_WAIT, 1000 * 2 ** this.#failures++);
      this.#retry = setTimeout(this.#again, wait * (0.5 + Math.random() / 2));
    };
  }

  send(frame: Frame) {
    if (this.#socket?.readyState === 1) this.#socket.send(JSON.stringify(frame));
  }

  close() {
    removeEventListener('online', this.#again);
    this.#drop();
  }

  #settle() {
    this.#failures = 0;
    this.ends.changed(true);
    clearInterval(this.#pulse);
    this.#pulse = setInterval(() => {
      // Nothing since the last ping: the network is gone though no one said so.
      if (this.#quiet) return this.open();
      this.#quiet = true;
      this.send({ type: 'ping' });
    }, STILL_THERE);
  }

  #drop() {
    clearTimeout(this.#retry);
    clearInterval(this.#pulse);
    this.#quiet = false;
    const socket = this.#socket;
    this.#socket = undefined;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
    this.ends.changed(false);
  }
}
