/** A question before something that cannot simply be undone. */
export type Question = { title: string; about: string; yes: string; danger?: boolean; run: () => Promise<unknown> };

class Confirming {
  question = $state.raw<Question>();

  ask(question: Question) {
    this.question = question;
  }

  close() {
    this.question = undefined;
  }
}

export const confirming = new Confirming();
