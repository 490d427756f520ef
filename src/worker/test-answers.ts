/** A worker client whose answers tests write. */
import type { Asks } from './client.ts';
import type { SendOptions } from './connection.ts';
import type { Answer, Asked, CallName } from './protocol.ts';

type Answers = {
  readonly [N in CallName]?: (asked: Asked<N>, options: Omit<SendOptions<N>, 'onId'>) => Answer<N> | Promise<Answer<N>>;
};

/** Asks the test. What it does not answer fails. */
export function answering(answers: Answers): Asks<CallName> {
  return {
    async ask(type, asked, options = {}) {
      const answer = answers[type];
      if (!answer) throw new Error(`"${type}" is not answered here.`);
      return answer(asked, options);
    },
  };
}
