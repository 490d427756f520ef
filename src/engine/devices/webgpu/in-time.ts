/** An end to what a browser is asked of its GPU before there is a device to watch: some drivers never let it answer. */
import { NoDeviceError } from '../../errors.ts';
import { ENGINE_NOTICES } from '../../words.ts';
import { Silence } from './silence.ts';

/** A driver that starts takes seconds. */
const ANSWER_MS = 30_000;

/**
 * @param drop receives an answer that comes after all
 * @throws NoDeviceError when no answer comes
 */
export function inTime<T>(answer: Promise<T>, drop: (late: T) => void = () => undefined): Promise<T> {
  return new Promise((resolve, reject) => {
    const silence = new Silence(
      () => ANSWER_MS,
      () => {
        reject(new NoDeviceError(ENGINE_NOTICES.noAnswer));
        answer.then(drop, () => undefined);
      },
    );
    silence.endOf(answer).then(resolve, reject);
  });
}
