/** What a worker was asked and has not answered yet. */
import { RunsElsewhere } from '../study/checkpoint/runs-elsewhere.ts';
import type { OpenedEngineInfo, WorkerRequest, WorkerResponse } from './protocol.ts';

/** A request on its way. Who made it knows of which type its answer and news are. */
export interface Unanswered {
  readonly request: WorkerRequest;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly onNews?: (news: never) => void;
  /** The study has begun. */
  hasBegun?: true;
}

/** By the numbers of the requests. */
export class UnansweredRequests extends Map<number, Unanswered> {
  /** Whether a study may look at the graphics card again before it begins; of the device that was opened last. */
  #looksAgain = false;

  /** Whether the worker may be looking at a graphics card. */
  get isLooking(): boolean {
    return [...this.values()].some(
      ({ request: { type }, hasBegun }) => type === 'open' || (type === 'run' && this.#looksAgain && !hasBegun),
    );
  }

  /** Passes on news, or settles a request by its answer. A response to none of them is left out. */
  receive(response: WorkerResponse): void {
    const asked = this.get(response.id);
    if (!asked) return;
    if (response.type === 'event') {
      if ('type' in response.event && response.event.type === 'started') asked.hasBegun = true;
      asked.onNews?.(response.event as never);
      return;
    }
    this.delete(response.id);
    if (asked.request.type === 'open')
      this.#looksAgain = response.type === 'done' && ((response.answer as OpenedEngineInfo).looksAgain ?? false);
    if (response.type === 'done') asked.resolve(response.answer);
    else asked.reject(response.why === 'runs-elsewhere' ? new RunsElsewhere() : new Error(response.message));
  }
}
