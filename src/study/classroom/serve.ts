/** The training side of a federation's rounds: does what it is asked, and stops what is asked no more. */
import { concatFloats } from '../../core/concat-floats.ts';
import { plain, type RoundHead, type StudyHead, type ToClient } from './messages.ts';
import type { ClientTransport } from './transport.ts';

/** What a device found in its local steps, in the order of the round's clients. */
export interface LocallyTrained {
  readonly adapters: readonly Float32Array[];
  readonly images: readonly number[];
}

export interface LocalTrainer {
  /**
   * Trains the clients of a round.
   * @param values the adapter to start from, then what is new in the frozen weights
   * @throws the signal's reason when it is aborted
   */
  readonly train: (
    round: RoundHead,
    values: Float32Array,
    onShare: (share: number) => void,
    signal: AbortSignal,
  ) => Promise<LocallyTrained>;
}

interface Served {
  /** Prepares for a study. */
  readonly open: (study: StudyHead) => Promise<LocalTrainer>;
  /** Something went wrong; whoever leads hears of it by other means. */
  readonly failed: (error: unknown) => void;
  /** The other end is gone. */
  readonly closed: () => void;
}

/** Nobody waits for these steps any more. */
class Superseded extends Error {
  override readonly name = 'Superseded';
}

/**
 * Serves a transport until it is closed. Rounds are trained one after the other; a newer round, the end of a round and the end of the federation stop the one
 * under way.
 */
export function serveRounds(transport: ClientTransport, { open, failed, closed }: Served): void {
  let trainer: Promise<LocalTrainer> | null = null;
  /** The round under way. */
  let current: { readonly id: number; readonly abort: AbortController } | null = null;
  /** The device's engine does one thing at a time. */
  let queue: Promise<unknown> = Promise.resolve();

  const stop = (): void => {
    current?.abort.abort(new Superseded('This round is over.'));
    current = null;
  };

  const train = (from: Promise<LocalTrainer>, head: RoundHead, values: Float32Array): void => {
    stop();
    const abort = new AbortController();
    current = { id: head.id, abort };
    const { signal } = abort;
    const work = async (): Promise<void> => {
      try {
        const own = await from;
        signal.throwIfAborted();
        const onShare = (share: number): void => {
          if (!signal.aborted) transport.send(plain({ type: 'progress', id: head.id, share }));
        };
        const { adapters, images } = await own.train(head, values, onShare, signal);
        signal.throwIfAborted();
        current = null; // asked again, it trains again
        transport.send({
          head: { type: 'trained', id: head.id, clients: [...head.clients], images: [...images] },
          values: concatFloats(adapters),
        });
      } catch (error) {
        if (error instanceof Superseded) return;
        if (current?.id === head.id) current = null;
        failed(error);
      }
    };
    queue = queue.then(work);
  };

  const receive = ({ head, values }: ToClient): void => {
    switch (head.type) {
      case 'study':
        stop();
        trainer = queue.then(() => open(head));
        queue = trainer.catch(failed);
        return;
      case 'round':
        // Asked again for what is under way: nobody had answered in time.
        if (trainer && current?.id !== head.id) train(trainer, head, values);
        return;
      case 'closed':
        if (current?.id === head.id) stop();
        return;
      case 'end':
        stop();
        trainer = null;
        return;
      default: // Welcomes are the class's business.
    }
  };

  transport.listen({
    received: receive,
    refused: (reason) => failed(new Error(reason)),
    closed: () => {
      stop();
      // What still runs on the engine ends first.
      void queue.then(closed, closed);
    },
  });
}
