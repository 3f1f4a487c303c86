/** The minute on the wall: relative times on every screen follow it. */
class Clock {
  now = $state(Date.now());

  run() {
    setInterval(() => (this.now = Date.now()), 30_000);
  }
}

export const clock = new Clock();
